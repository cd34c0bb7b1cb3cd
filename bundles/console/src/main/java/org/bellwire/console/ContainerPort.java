package org.bellwire.console;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.config.LastGoodSettings;
import org.bellwire.console.session.ConsoleSettings;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ReadOnlyConfigurationException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the web container listen where the page's file says: one place to look, and not on all addresses unless told so. */
@Component(
        service = {},
        immediate = true,
        configurationPid = ConsoleSettings.PID)
public final class ContainerPort {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerPort.class);
    private static final String CONTAINER = "org.ops4j.pax.web";
    private static final String ENABLED = "org.osgi.service.http.enabled";
    private static final String PORT = "org.osgi.service.http.port";
    private static final String ADDRESSES = "org.ops4j.pax.web.listening.addresses";

    private final ConfigurationAdmin admin;
    private final LastGoodSettings<ConsoleSettings> file =
            new LastGoodSettings<>(ConsoleSettings.DEFAULT, ConsoleSettings::read, wrong -> {
                // The page says so.
            });

    @Activate
    public ContainerPort(Map<String, ?> properties, @Reference ConfigurationAdmin admin) {
        this.admin = admin;
        modified(properties);
    }

    @Modified
    void modified(Map<String, ?> properties) {
        file.read(properties, "");
        ConsoleSettings settings = file.now();
        try {
            hand(settings);
        } catch (IOException | IllegalStateException | ReadOnlyConfigurationException e) {
            LOG.warn(
                    "{}: host and port cannot be handed to the web container ({}): set them in etc/{}.cfg",
                    ConsoleSettings.FILE,
                    e.getMessage(),
                    CONTAINER);
        }
    }

    @SuppressWarnings("JdkObsolete") // the configuration admin wants a Dictionary
    private void hand(ConsoleSettings settings) throws IOException {
        Configuration configuration = admin.getConfiguration(CONTAINER, "?");
        Dictionary<String, Object> properties =
                Optional.ofNullable(configuration.getProperties()).orElseGet(Hashtable::new);
        Map<String, String> wanted =
                Map.of(ENABLED, "true", PORT, String.valueOf(settings.port()), ADDRESSES, settings.host());
        boolean same = wanted.entrySet().stream()
                .allMatch(entry -> entry.getValue().equals(String.valueOf(properties.get(entry.getKey()))));
        if (!same) {
            wanted.forEach(properties::put);
            configuration.update(properties);
            LOG.info(
                    "the web container listens on {}:{}, as {} says",
                    settings.host(),
                    settings.port(),
                    ConsoleSettings.FILE);
        }
    }
}
