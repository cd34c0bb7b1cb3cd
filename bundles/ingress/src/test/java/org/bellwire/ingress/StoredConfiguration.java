package org.bellwire.ingress;

import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ReadOnlyConfigurationException;

/** A configuration admin with one configuration. */
@SuppressWarnings("JdkObsolete") // the configuration admin speaks Dictionary
final class StoredConfiguration {

    private Optional<Dictionary<String, Object>> properties = Optional.empty();
    private int updates;
    private boolean readOnly;

    ConfigurationAdmin admin() {
        return proxy(
                ConfigurationAdmin.class, (name, args) -> name.equals("getConfiguration") ? configuration() : fail());
    }

    void set(String key, String value) {
        Dictionary<String, Object> now = properties.orElseGet(Hashtable::new);
        now.put(key, value);
        properties = Optional.of(now);
    }

    /** From now on as one whose file may not be written. */
    void close() {
        readOnly = true;
    }

    Optional<String> get(String key) {
        return properties.map(all -> all.get(key)).map(Object::toString);
    }

    int updates() {
        return updates;
    }

    private Configuration configuration() {
        return proxy(Configuration.class, (name, args) -> switch (name) {
            case "getProperties" -> properties.map(StoredConfiguration::copy).orElse(null);
            case "update" -> update((Dictionary<?, ?>) args[0]);
            default -> fail();
        });
    }

    private @Nullable Object update(Dictionary<?, ?> next) {
        if (readOnly) {
            throw new ReadOnlyConfigurationException("Configuration org.bellwire.ingress is read-only");
        }
        properties = Optional.of(copy(next));
        updates++;
        return null;
    }

    private static Dictionary<String, Object> copy(Dictionary<?, ?> from) {
        Hashtable<String, Object> copy = new Hashtable<>();
        Collections.list(from.keys()).forEach(key -> copy.put(key.toString(), from.get(key)));
        return copy;
    }

    private static Object fail() {
        throw new UnsupportedOperationException();
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> call.of(method.getName(), args)));
    }

    private interface Call {
        @Nullable
        Object of(String name, Object[] args);
    }
}
