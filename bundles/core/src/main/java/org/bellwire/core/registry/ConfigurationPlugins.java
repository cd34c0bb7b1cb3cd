package org.bellwire.core.registry;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration plugins, which put in what {@code $[env:NAME]} and {@code $[secret:name]} stand for. Called in the way of the
 * configuration admin (OSGi Compendium, 104.9), for values that do not come through it.
 */
public final class ConfigurationPlugins {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationPlugins.class);
    /** Plugins outside of these may look but not change. */
    private static final int MAX_RANKING = 1000;

    private final List<ConfigurationPlugin> plugins;

    /** @param services the services with their properties */
    public ConfigurationPlugins(List<Map.Entry<Map<String, Object>, ConfigurationPlugin>> services) {
        plugins = services.stream()
                .filter(service -> mayChange(service.getKey()))
                .sorted(Comparator.comparingInt(service -> ranking(service.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static boolean mayChange(Map<String, Object> properties) {
        int ranking = ranking(properties);
        return ranking >= 0 && ranking <= MAX_RANKING && targets(properties).contains(PhoneFiles.FACTORY_PID);
    }

    private static int ranking(Map<String, Object> properties) {
        return properties.get(ConfigurationPlugin.CM_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    /** The PIDs that a plugin is for; without the property, ours too. */
    private static Collection<?> targets(Map<String, Object> properties) {
        Object targets = Optional.ofNullable(properties.get(ConfigurationPlugin.CM_TARGET))
                .orElse(PhoneFiles.FACTORY_PID);
        if (targets instanceof Object[] array) {
            return Arrays.asList(array);
        }
        return targets instanceof Collection<?> collection ? collection : List.of(targets);
    }

    /** Lets all change the values of a phone's file. */
    void fillIn(String pid, Dictionary<String, Object> values) {
        values.put(Constants.SERVICE_PID, pid);
        values.put(ConfigurationAdmin.SERVICE_FACTORYPID, PhoneFiles.FACTORY_PID);
        for (ConfigurationPlugin plugin : plugins) {
            try {
                plugin.modifyConfiguration(null, values);
            } catch (RuntimeException e) {
                LOG.warn("{}: a configuration plugin failed: {}", pid, e.toString());
            }
        }
    }
}
