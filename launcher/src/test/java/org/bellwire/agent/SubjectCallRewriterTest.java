package org.bellwire.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubjectCallRewriterTest {

    /** Makes the class anew from rewritten bytes. */
    private static final class Rewritten extends ClassLoader {
        private Class<?> define(byte[] bytes) {
            return defineClass(Asking.class.getName(), bytes, 0, bytes.length);
        }
    }

    private static byte[] asking() throws IOException {
        try (InputStream in = Asking.class.getResourceAsStream("Asking.class")) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }

    @Test
    void user_is_known_in_a_rewritten_class_where_java_no_longer_tells() throws Exception {
        Supplier<?> rewritten = (Supplier<?>) new Rewritten()
                .define(SubjectCallRewriter.rewrite(asking()))
                .getConstructor()
                .newInstance();
        assertThat(rewritten.get()).isEqualTo("Anna1099511627776");
        assertThatThrownBy(() -> new Asking().get()).as("the class as it was").isInstanceOf(RuntimeException.class);
    }

    @Test
    void user_is_forgotten_afterwards() throws Exception {
        Supplier<?> rewritten = (Supplier<?>) new Rewritten()
                .define(SubjectCallRewriter.rewrite(asking()))
                .getConstructor()
                .newInstance();
        assertThat(rewritten.get()).isNotNull();
        assertThatThrownBy(() -> CurrentSubject.getSubject(null))
                .as("the local administrator, whose classes only Karaf has")
                .hasMessageContaining("UserPrincipal");
    }

    @Test
    void other_classes_stay_as_they_are() throws Exception {
        assertThat(agentOn("java/lang/String", asking())).isNull();
        assertThat(agentOn("org/apache/karaf/shell/support/ShellUtil", asking()))
                .isNotNull();
    }

    private static byte @Nullable [] agentOn(String name, byte[] bytes) {
        return new Agent().transform(null, name, null, null, bytes);
    }
}
