package org.bellwire.broker;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.LastGoodSettings;
import org.bellwire.api.port.Counters;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker, as long as Bellwire's own {@code url} points at it. */
@Component(
        service = {},
        configurationPid = {BrokerSettings.MQTT, BrokerSettings.PID})
public final class EmbeddedBroker {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    /** Who counts now, if somebody does. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters = Optional.empty();

    private final LastGoodSettings<Optional<BrokerSettings>> settings = new LastGoodSettings<>(
            Optional.empty(), properties -> Optional.of(BrokerSettings.of(properties)), LOG::warn);
    private Optional<BrokerServer> server = Optional.empty();

    /** Opens the port, if the broker is wanted. */
    @Activate
    void open(Map<String, ?> properties) throws InterruptedException {
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
        return server.map(BrokerServer::port).orElse(0);
    }

    private Counters counters() {
        return counters.orElse(Counters.NONE);
    }

    private void use(Map<String, ?> properties) throws InterruptedException {
        Optional<BrokerSettings> before = settings.now();
        String consequence = server.isPresent() ? "the broker stays as it was" : "the broker is off";
        if (settings.read(properties, consequence).isEmpty() || settings.now().equals(before)) {
            return;
        }
        stop();
        BrokerSettings next = settings.now().orElseThrow();
        if (next.wanted()) {
            start(next);
        } else {
            LOG.info("off: org.bellwire.mqtt.cfg names another broker, {}", Cfg.shown(next.url()));
        }
    }

    private void start(BrokerSettings next) {
        try {
            BrokerLimits limits = BrokerLimits.of(Runtime.getRuntime().maxMemory());
            server = Optional.of(new BrokerServer(next, limits, this::counters, System::nanoTime));
        } catch (IOException | RuntimeException e) {
            LOG.warn("org.bellwire.broker.cfg: the broker is off: {}", e.toString());
        }
    }

    private void stop() throws InterruptedException {
        if (server.isPresent()) {
            server.get().stop();
            server = Optional.empty();
        }
    }
}
