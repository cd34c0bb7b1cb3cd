package org.bellwire.karaf;

import java.util.Hashtable;
import java.util.Optional;
import org.apache.karaf.config.core.ConfigRepository;
import org.bellwire.api.port.PhoneFileEditor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Registers the repository with the phones. Not by Declarative Services: Karaf's {@code config:} commands keep the first repository
 * that they meet, and start as early as Declarative Services do, so this bundle starts before both.
 */
public final class ConfigCommandsActivator implements BundleActivator {

    private @Nullable ServiceTracker<PhoneFileEditor, PhoneFileEditor> editors;

    @Override
    @SuppressWarnings("JdkObsolete") // the framework speaks in dictionaries
    public void start(BundleContext context) {
        Optional<ConfigRepository> karafs = Optional.ofNullable(context.getServiceReference(ConfigRepository.class))
                .map(context::getService);
        if (karafs.isEmpty()) {
            return; // a Karaf without config: commands
        }
        ServiceTracker<PhoneFileEditor, PhoneFileEditor> tracker =
                new ServiceTracker<>(context, PhoneFileEditor.class, null);
        tracker.open();
        editors = tracker;
        ConfigRepository repository =
                new PhoneConfigRepository(karafs.get(), () -> Optional.ofNullable(tracker.getService()));
        Hashtable<String, Object> first = new Hashtable<>();
        first.put(Constants.SERVICE_RANKING, 1);
        context.registerService(ConfigRepository.class, repository, first);
    }

    @Override
    public void stop(BundleContext context) {
        Optional.ofNullable(editors).ifPresent(ServiceTracker::close);
    }
}
