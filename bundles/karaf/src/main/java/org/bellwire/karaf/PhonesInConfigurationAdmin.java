package org.bellwire.karaf;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The configuration admin, whose list has the phones, too. A file that cannot be read has an empty configuration there. */
final class PhonesInConfigurationAdmin implements ConfigurationAdmin {

    private final ConfigurationAdmin admin;
    private final ConfigFiles files;

    PhonesInConfigurationAdmin(ConfigurationAdmin admin, ConfigFiles files) {
        this.admin = admin;
        this.files = files;
    }

    @Override
    public Configuration @Nullable [] listConfigurations(@Nullable String filter)
            throws IOException, InvalidSyntaxException {
        Optional<Filter> wanted = filter == null ? Optional.empty() : Optional.of(FrameworkUtil.createFilter(filter));
        Map<String, Configuration> all = new LinkedHashMap<>();
        phones().forEach((pid, configuration) -> {
            if (wanted.isEmpty() || wanted.get().match(configuration.getProperties())) {
                all.put(pid, configuration);
            }
        });
        Optional.ofNullable(admin.listConfigurations(filter))
                .ifPresent(found -> Arrays.stream(found).forEach(each -> all.put(each.getPid(), each)));
        return all.isEmpty() ? null : all.values().toArray(Configuration[]::new);
    }

    private Map<String, Configuration> phones() throws IOException {
        Map<String, Configuration> phones = new LinkedHashMap<>();
        for (String id : files.ids()) {
            Map<String, String> values = new LinkedHashMap<>(values(id));
            values.put(Constants.SERVICE_PID, PhonePid.of(id));
            values.put(SERVICE_FACTORYPID, PhonePid.FACTORY);
            phones.put(PhonePid.of(id), new PhoneConfiguration(id, values, files));
        }
        return phones;
    }

    private Map<String, String> values(String id) {
        try {
            return files.shown(id).orElse(Map.of());
        } catch (IOException e) {
            return Map.of();
        }
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid) throws IOException {
        return admin.createFactoryConfiguration(factoryPid);
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid, @Nullable String location) throws IOException {
        return admin.createFactoryConfiguration(factoryPid, location);
    }

    @Override
    public Configuration getConfiguration(String pid, @Nullable String location) throws IOException {
        return admin.getConfiguration(pid, location);
    }

    @Override
    public Configuration getConfiguration(String pid) throws IOException {
        return admin.getConfiguration(pid);
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name, @Nullable String location)
            throws IOException {
        return admin.getFactoryConfiguration(factoryPid, name, location);
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name) throws IOException {
        return admin.getFactoryConfiguration(factoryPid, name);
    }
}
