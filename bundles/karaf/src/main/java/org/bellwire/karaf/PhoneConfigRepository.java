package org.bellwire.karaf;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.felix.utils.properties.TypedProperties;
import org.apache.karaf.config.core.ConfigRepository;
import org.bellwire.api.port.PhoneFileEditor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.ConfigurationAdmin;

/** Stands before Karaf's own repository: a phone is its file, all else is Karaf's. */
final class PhoneConfigRepository implements ConfigRepository {

    private final ConfigRepository others;
    private final ConfigFiles files;

    /** @param editor of the phones' files; empty while core is not there */
    PhoneConfigRepository(ConfigRepository others, Supplier<Optional<PhoneFileEditor>> editor) {
        this.others = others;
        this.files = new ConfigFiles(editor);
    }

    @Override
    public ConfigurationAdmin getConfigAdmin() {
        return new PhonesInConfigurationAdmin(others.getConfigAdmin(), files);
    }

    /** The phone whose file this PID means; empty: it is another's, or a configuration that Karaf has. */
    private Optional<String> phone(String pid) throws IOException {
        Optional<String> id = files.isThere() ? PhonePid.idOf(pid) : Optional.empty();
        try {
            return id.isPresent() && others.exists(pid) ? Optional.empty() : id;
        } catch (Exception e) { // what Karaf's interface throws
            throw new IOException(e);
        }
    }

    @Override
    public @Nullable TypedProperties getConfig(String pid) throws IOException, InvalidSyntaxException {
        Optional<String> phone = phone(pid);
        if (phone.isEmpty()) {
            return others.getConfig(pid);
        }
        TypedProperties properties = new TypedProperties();
        files.shown(phone.get()).ifPresent(properties::putAll);
        return properties;
    }

    @Override
    public boolean exists(String pid) throws Exception {
        Optional<String> phone = phone(pid);
        return phone.isPresent() ? files.shown(phone.get()).isPresent() : others.exists(pid);
    }

    @Override
    public void delete(String pid) throws IOException {
        Optional<String> phone = phone(pid);
        if (phone.isEmpty()) {
            deleteOther(pid);
        } else {
            files.delete(phone.get());
        }
    }

    private void deleteOther(String pid) throws IOException {
        try {
            others.delete(pid);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) { // what Karaf's interface throws
            throw new IOException(e);
        }
    }

    @Override
    public void update(String pid, Map<String, Object> properties) throws IOException {
        Optional<String> phone = phone(pid);
        if (phone.isEmpty()) {
            others.update(pid, properties);
        } else {
            files.write(phone.get(), properties);
        }
    }

    @Override
    public void update(String pid, Map<String, Object> properties, String suffix) throws IOException {
        Optional<String> phone = phone(pid);
        if (phone.isEmpty()) {
            others.update(pid, properties, suffix);
        } else {
            files.write(phone.get(), properties);
        }
    }

    @Override
    public String createFactoryConfiguration(String factoryPid, Map<String, Object> properties) throws IOException {
        return PhonePid.isFactory(factoryPid) ? unnamed() : others.createFactoryConfiguration(factoryPid, properties);
    }

    @Override
    public String createFactoryConfiguration(String factoryPid, Map<String, Object> properties, String suffix)
            throws IOException {
        return PhonePid.isFactory(factoryPid)
                ? unnamed()
                : others.createFactoryConfiguration(factoryPid, properties, suffix);
    }

    private static String unnamed() throws IOException {
        throw new IOException("a phone needs an id: config:edit --factory --alias <id> " + PhonePid.FACTORY);
    }

    @Override
    public String createFactoryConfiguration(String factoryPid, @Nullable String alias, Map<String, Object> properties)
            throws IOException {
        return PhonePid.isFactory(factoryPid)
                ? create(alias, properties)
                : others.createFactoryConfiguration(factoryPid, alias, properties);
    }

    @Override
    public String createFactoryConfiguration(
            String factoryPid, @Nullable String alias, Map<String, Object> properties, String suffix)
            throws IOException {
        return PhonePid.isFactory(factoryPid)
                ? create(alias, properties)
                : others.createFactoryConfiguration(factoryPid, alias, properties, suffix);
    }

    private String create(@Nullable String id, Map<String, Object> properties) throws IOException {
        if (id == null || id.isEmpty()) {
            return unnamed();
        }
        files.create(id, properties);
        return PhonePid.of(id);
    }
}
