package org.bellwire.core.files;

import java.io.IOException;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.runtime.LogText;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.MetaTypeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names the keys that no one knows, once for each version of a file. In one place for all files, since some are read by two
 * bundles, each of which knows a part of the keys, and some bundles are given two files as one. The keys are those that
 * {@code config:meta} shows. The phones' files are not looked at here: they name such keys in {@code phone:list}.
 */
@Component(service = ConfigurationListener.class, immediate = true)
public final class UnknownKeyNotice implements ConfigurationListener, BundleListener {

    private static final Logger LOG = LoggerFactory.getLogger(UnknownKeyNotice.class);
    private static final String OURS = "org.bellwire.";
    private static final String PHONE = "org.bellwire.phone";
    private static final String ALL = "(&(service.pid=" + OURS + "*)(!(service.factoryPid=" + PHONE + ")))";
    /** Where File Install notes a configuration's file. */
    private static final String FILE_NAME = "felix.fileinstall.filename";
    /** Written into its file by Bellwire itself at the first start, which is no reason to say all again. */
    private static final String OWN = "token";

    private final ConfigurationAdmin admin;
    private final Supplier<Map<String, Set<String>>> metatypes;
    private final Map<String, Integer> told = new HashMap<>();
    /** Those whose bundle is not installed yet. */
    private final Set<String> waiting = new HashSet<>();

    private Map<String, Set<String>> keys = Map.of();

    @Activate
    public UnknownKeyNotice(
            @Reference ConfigurationAdmin admin, @Reference MetaTypeService metatypes, BundleContext context) {
        this(admin, new MetatypeKeys(metatypes, context)::byPid);
    }

    UnknownKeyNotice(ConfigurationAdmin admin, Supplier<Map<String, Set<String>>> metatypes) {
        this.admin = admin;
        this.metatypes = metatypes;
    }

    @Activate
    void start(BundleContext context) {
        context.addBundleListener(this);
        lookAtAll();
    }

    @Deactivate
    void stop(BundleContext context) {
        context.removeBundleListener(this);
    }

    /** Looks at the files that are there. */
    synchronized void lookAtAll() {
        keys = metatypes.get();
        configurations(ALL).forEach(this::check);
    }

    @Override
    public synchronized void configurationEvent(ConfigurationEvent event) {
        String pid = event.getPid();
        if (!pid.startsWith(OURS) || PHONE.equals(event.getFactoryPid())) {
            return;
        }
        if (event.getType() == ConfigurationEvent.CM_DELETED) {
            told.remove(pid);
            waiting.remove(pid);
        } else if (event.getType() == ConfigurationEvent.CM_UPDATED) {
            configurations(filter(pid)).forEach(this::check);
        }
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.RESOLVED && MetatypeKeys.isOurs(event.getBundle())) {
            bundleCame();
        }
    }

    /** A bundle has come, perhaps the one that a file waits for. */
    synchronized void bundleCame() {
        if (!waiting.isEmpty()) {
            keys = metatypes.get();
            List.copyOf(waiting).forEach(pid -> configurations(filter(pid)).forEach(this::check));
        }
    }

    private void check(Configuration configuration) {
        String pid = configuration.getPid();
        Optional<Set<String>> known = Optional.ofNullable(
                keys.get(Optional.ofNullable(configuration.getFactoryPid()).orElse(pid)));
        Map<String, Object> values = values(configuration);
        if (known.isEmpty()) {
            waiting.add(pid);
            return;
        }
        waiting.remove(pid);
        Map<String, Object> others = new TreeMap<>(values);
        others.remove(OWN);
        Integer now = others.hashCode();
        if (!now.equals(told.put(pid, now))) {
            String file = file(pid, values);
            Cfg.of(file, values).unknownKeys(known.get()).forEach(key -> LOG.warn("{}: {}", file, key));
        }
    }

    private List<Configuration> configurations(String filter) {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? List.of() : List.of(found);
        } catch (IOException | InvalidSyntaxException | IllegalStateException e) {
            LOG.debug("the configurations cannot be listed, so unknown keys are not named", e);
            return List.of();
        }
    }

    private static String filter(String pid) {
        return "(service.pid=" + pid.replaceAll("[\\\\*()]", "\\\\$0") + ")";
    }

    private static Map<String, Object> values(Configuration configuration) {
        Map<String, Object> values = new TreeMap<>();
        Dictionary<String, Object> properties = configuration.getProperties();
        if (properties != null) {
            properties.keys().asIterator().forEachRemaining(key -> values.put(key, properties.get(key)));
        }
        return values;
    }

    private static String file(String pid, Map<String, ?> values) {
        String path = Optional.ofNullable(values.get(FILE_NAME))
                .map(Object::toString)
                .orElseGet(() -> pid.replace('~', '-') + ".cfg");
        return LogText.clean(path.substring(path.lastIndexOf('/') + 1));
    }
}
