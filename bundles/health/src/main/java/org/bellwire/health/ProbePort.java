package org.bellwire.health;

import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CfgException;
import org.bellwire.api.port.ActionUrls;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.BusStatistics;
import org.bellwire.api.port.Gateway;
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

/** Answers probes, also and above all when parts of Bellwire are not there. */
@Component(service = ProbePort.class, configurationPid = Settings.PID, immediate = true)
public final class ProbePort {

    private static final Logger LOG = LoggerFactory.getLogger(ProbePort.class);

    private final Metrics metrics;
    private final Part<Bus> bus = new Part<>();
    private final Part<ActionUrls> core = new Part<>();
    private final Part<Gateway> ingress = new Part<>();
    private Optional<Settings> current = Optional.empty();
    private Optional<ProbeServer> server = Optional.empty();

    @Activate
    public ProbePort(@Reference Metrics metrics, Map<String, ?> properties) {
        this.metrics = metrics;
        try {
            use(Settings.read(properties));
        } catch (CfgException e) {
            LOG.warn("{}; going on with the defaults", e.getMessage());
            use(Settings.DEFAULT);
        }
    }

    @Modified
    void modified(Map<String, ?> properties) {
        try {
            use(Settings.read(properties));
        } catch (CfgException e) {
            LOG.warn("{}; all stays as it was", e.getMessage());
        }
    }

    @Deactivate
    synchronized void close() {
        server.ifPresent(ProbeServer::close);
        server = Optional.empty();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindBus(Bus come) {
        bus.come(come);
    }

    void unbindBus(Bus gone) {
        bus.gone(gone);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindCore(ActionUrls come) {
        core.come(come);
    }

    void unbindCore(ActionUrls gone) {
        core.gone(gone);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindIngress(Gateway come) {
        ingress.come(come);
    }

    void unbindIngress(Gateway gone) {
        ingress.gone(gone);
    }

    /** The port that is open; 0 if none is. */
    synchronized int port() {
        return server.map(ProbeServer::port).orElse(0);
    }

    private Vitals vitals() {
        BusStatistics statistics = bus.now().map(Bus::statistics).orElseGet(() -> BusStatistics.of(false));
        return Vitals.of(missing(), statistics, metrics);
    }

    private Optional<String> missing() {
        if (bus.now().isEmpty()) {
            return Optional.of("the bundle mqtt is not running");
        }
        if (core.now().isEmpty()) {
            return Optional.of("the bundle core is not running");
        }
        return ingress.now().map(Gateway::fault).orElse(Optional.of("the bundle ingress is not running"));
    }

    private synchronized void use(Settings next) {
        if (server.isPresent() && current.equals(Optional.of(next))) {
            return;
        }
        close();
        current = Optional.of(next);
        try {
            server = Optional.of(ProbeServer.open(next, this::vitals, metrics));
        } catch (Exception e) {
            LOG.warn(
                    "{}: port: cannot listen on {}:{} ({}), so /health and /metrics are not there:"
                            + " end what uses it, or change host or port",
                    Settings.FILE,
                    next.host(),
                    next.port(),
                    e.getMessage());
        }
    }
}
