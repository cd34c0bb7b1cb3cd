package org.bellwire.store;

import static org.assertj.core.api.Assertions.assertThatNoException;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.bellwire.api.config.Secret;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ReadOnlyConfigurationException;

class GeneratedTokenTest {

    @Test
    void file_that_may_not_be_written_is_no_failure() {
        Configuration readOnly = fake(Configuration.class, (proxy, method, arguments) -> {
            if (method.getName().equals("update")) {
                throw new ReadOnlyConfigurationException("read-only");
            }
            return null;
        });
        ConfigurationAdmin admin = fake(ConfigurationAdmin.class, (proxy, method, arguments) -> readOnly);
        GeneratedToken token = new GeneratedToken(admin, "org.bellwire.ingress", "it is another tomorrow");
        assertThatNoException().isThrownBy(() -> token.keep(new Secret("made-just-now")));
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
