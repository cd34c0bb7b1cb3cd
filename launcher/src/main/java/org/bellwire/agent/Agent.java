package org.bellwire.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has the calls rewritten of those classes of Karaf that ask who the user is. */
public final class Agent implements ClassFileTransformer {

    private static final Set<String> CLASSES = Set.of(
            "org/apache/karaf/util/jaas/JaasHelper",
            "org/apache/karaf/shell/support/ShellUtil",
            "org/apache/karaf/shell/impl/console/osgi/secured/SecuredSessionFactoryImpl");

    Agent() {}

    /** Called by Java before Karaf's main. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        instrumentation.addTransformer(new Agent());
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        return className != null && CLASSES.contains(className) ? SubjectCallRewriter.rewrite(bytes) : null;
    }
}
