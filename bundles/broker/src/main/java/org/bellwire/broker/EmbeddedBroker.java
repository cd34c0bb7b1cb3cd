package org.bellwire.broker;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CfgException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker, as long as Bellwire's own {@code url} points at it. */
@Component(
        service = EmbeddedBroker.class,
        immediate = true,
        configurationPid = {Settings.MQTT, Settings.PID})
public final class EmbeddedBroker {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    private Optional<Settings> settings = Optional.empty();
    private Optional<Server> server = Optional.empty();

    @Activate
    public EmbeddedBroker(Map<String, ?> properties) throws InterruptedException {
        use(properties);
    }

    @Modified
    void modified(Map<String, ?> properties) throws InterruptedException {
        use(properties);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        stop();
    }

    /** The port that is open; 0: none. */
    int port() {
        return server.map(Server::port).orElse(0);
    }

    private void use(Map<String, ?> properties) throws InterruptedException {
        Settings next;
        try {
            next = Settings.of(properties);
        } catch (CfgException e) {
            LOG.warn("{}; the broker {}", e.getMessage(), server.isPresent() ? "stays as it was" : "is off");
            return;
        }
        if (settings.equals(Optional.of(next))) {
            return;
        }
        stop();
        settings = Optional.of(next);
        if (next.wanted()) {
            start(next);
        } else {
            LOG.info("off: org.bellwire.mqtt.cfg names another broker, {}", next.url());
        }
    }

    private void start(Settings next) {
        try {
            server = Optional.of(new Server(next));
        } catch (IOException | RuntimeException e) {
            LOG.warn("org.bellwire.broker.cfg: the broker is off: {}", e.toString());
        }
    }

    private void stop() throws InterruptedException {
        if (server.isPresent()) {
            try {
                server.get().stop();
            } catch (IOException e) {
                LOG.warn("closing the broker: {}", e.toString());
            }
            server = Optional.empty();
        }
    }
}
