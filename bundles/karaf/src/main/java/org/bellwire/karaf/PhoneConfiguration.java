package org.bellwire.karaf;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;

/** A phone's file in the form of a configuration, as it was when it was listed. */
@SuppressWarnings("JdkObsolete") // the configuration admin speaks in dictionaries
final class PhoneConfiguration implements Configuration {

    private final String id;
    private final Map<String, String> values;
    private final ConfigFiles files;

    PhoneConfiguration(String id, Map<String, String> values, ConfigFiles files) {
        this.id = id;
        this.values = values;
        this.files = files;
    }

    @Override
    public String getPid() {
        return PhonePid.of(id);
    }

    @Override
    public String getFactoryPid() {
        return PhonePid.FACTORY;
    }

    @Override
    public Dictionary<String, Object> getProperties() {
        return new Hashtable<>(values);
    }

    @Override
    public Dictionary<String, Object> getProcessedProperties(@Nullable ServiceReference<?> reference) {
        return getProperties();
    }

    @Override
    public void update(Dictionary<String, ?> properties) throws IOException {
        Map<String, Object> wanted = new HashMap<>();
        for (String key : Collections.list(properties.keys())) {
            wanted.put(key, properties.get(key));
        }
        files.write(id, wanted);
    }

    @Override
    public boolean updateIfDifferent(Dictionary<String, ?> properties) throws IOException {
        update(properties);
        return true;
    }

    @Override
    public void update() {
        // its file is read again as soon as it changes
    }

    @Override
    public void delete() throws IOException {
        files.delete(id);
    }

    @Override
    public @Nullable String getBundleLocation() {
        return null;
    }

    @Override
    public void setBundleLocation(@Nullable String location) {
        // belongs to no bundle
    }

    @Override
    public long getChangeCount() {
        return 0;
    }

    @Override
    public void addAttributes(ConfigurationAttribute... attributes) {
        // has none
    }

    @Override
    public Set<ConfigurationAttribute> getAttributes() {
        return Set.of();
    }

    @Override
    public void removeAttributes(ConfigurationAttribute... attributes) {
        // has none
    }
}
