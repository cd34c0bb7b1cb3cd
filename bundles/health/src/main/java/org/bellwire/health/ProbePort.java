package org.bellwire.health;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.config.LastGoodSettings;
import org.bellwire.api.port.ActionUrls;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.BusStatistics;
import org.bellwire.api.port.Draining;
import org.bellwire.api.port.Gateway;
import org.bellwire.api.runtime.DaemonThreads;
import org.ops4j.pax.web.service.spi.ServerControllerFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.http.runtime.HttpServiceRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers probes, also and above all when parts of Bellwire are not there. On a port of its own, but not where a web container is:
 * there the probes are the container's ({@link ProbeServlet}), for both would like to have the port 8181.
 */
@Component(
        service = ProbePort.class, // for the servlet beside a web container
        immediate = true,
        configurationPid = ProbeSettings.PID)
public final class ProbePort {

    private static final Logger LOG = LoggerFactory.getLogger(ProbePort.class);

    private static final int AGAIN_S = 5;
    /** A web container that is started, or moves to another port, has it after so long. */
    private static final long CONTAINER_NANOS = TimeUnit.SECONDS.toNanos(15);

    private static final BusStatistics NO_BUS = new BusStatistics(false, 0, 0, 0, 0, 0, 0, 0, 0, 0, Optional.empty());

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Bus> bus;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<ActionUrls> core;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Gateway> ingress;

    private final Metrics metrics;
    private final Probes probes;
    private final LastGoodSettings<ProbeSettings> file =
            new LastGoodSettings<>(ProbeSettings.DEFAULT, ProbeSettings::read, LOG::warn);
    private ProbeSettings settings;
    private Optional<ProbeServer> server = Optional.empty();
    private Optional<ScheduledExecutorService> retry = Optional.empty();
    private Optional<String> container = Optional.empty();
    /** Since when a web container may open its port at any moment; empty: there is none that could. */
    private Optional<Long> awaited = Optional.empty();

    private boolean active;

    @Activate
    public ProbePort(@Reference Metrics metrics, @Reference Draining draining, Map<String, ?> properties) {
        this(metrics, draining, properties, Optional.empty(), Optional.empty(), Optional.empty());
    }

    ProbePort(
            Metrics metrics,
            Draining draining,
            Map<String, ?> properties,
            Optional<Bus> bus,
            Optional<ActionUrls> core,
            Optional<Gateway> ingress) {
        this.bus = bus;
        this.core = core;
        this.ingress = ingress;
        this.metrics = metrics;
        probes = new Probes(this::vitals, metrics, draining::isOn);
        file.read(properties, "going on with the defaults");
        settings = file.now();
    }

    @Activate
    synchronized void start() {
        active = true;
        open();
    }

    @Modified
    void modified(Map<String, ?> properties) {
        file.read(properties, "all stays as it was").ifPresent(this::use);
    }

    private synchronized void use(ProbeSettings next) {
        if (!next.equals(settings) || server.isEmpty()) {
            settings = next;
            shut();
            open();
        }
    }

    @Deactivate
    synchronized void close() {
        active = false;
        shut();
    }

    /** The web container, once it serves what is registered as a service. It may be there before this starts. */
    @Reference(
            service = HttpServiceRuntime.class,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindContainer(Map<String, ?> properties) {
        container = Optional.of(addresses(properties));
        shut();
        LOG.info("/health and /metrics are served by the web container at {}", addresses(properties));
    }

    synchronized void unbindContainer(Map<String, ?> properties) {
        container = Optional.empty();
        awaited = awaited.map(before -> System.nanoTime());
        later(); // it may only be about to move, and has to have its port first
    }

    /** A web container that is about to open its port, which may be ours: it has to have it first. */
    @Reference(
            service = ServerControllerFactory.class,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindServer(Map<String, ?> properties) {
        awaited = Optional.of(System.nanoTime());
        if (server.isPresent()) {
            shut();
            later();
        }
    }

    synchronized void unbindServer(Map<String, ?> properties) {
        awaited = Optional.empty(); // if it was in the way, the next try finds the port free
    }

    /** A container that has not opened its port yet tells no address. */
    private static String addresses(Map<String, ?> properties) {
        Object told = properties.get("osgi.http.endpoint");
        String addresses =
                told instanceof String[] several ? String.join(" ", several) : told instanceof String one ? one : "";
        return addresses.startsWith("http") ? addresses : "its own port";
    }

    /** The port that is open; 0 if none is. */
    synchronized int port() {
        return server.map(ProbeServer::port).orElse(0);
    }

    private HealthReport vitals() {
        BusStatistics statistics = bus.map(Bus::statistics).orElse(NO_BUS);
        return metrics.vitals(missing(), statistics);
    }

    private Optional<String> missing() {
        if (bus.isEmpty()) {
            return Optional.of("the bundle mqtt is not running");
        }
        if (core.isEmpty()) {
            return Optional.of("the bundle core is not running");
        }
        return ingress.map(Gateway::fault).orElse(Optional.of("the bundle ingress is not running"));
    }

    Probes probes() {
        return probes;
    }

    private void open() {
        if (!active || container.isPresent() || server.isPresent()) {
            return;
        }
        if (awaited.filter(since -> System.nanoTime() - since < CONTAINER_NANOS).isPresent()) {
            later();
            return;
        }
        try {
            server = Optional.of(ProbeServer.open(settings, probes::answer, ProbeBounds.USUAL, metrics::reached));
            LOG.info("/health and /metrics are at http://{}:{}/", settings.host(), port());
            shutRetry();
        } catch (IOException | RuntimeException e) {
            if (retry.isEmpty()) {
                LOG.warn(
                        "{}: port: cannot listen on {}:{} ({}), so /health and /metrics are not there; tried again each {} s:"
                                + " end what uses it, or change host or port; if that is Karaf's own web container,"
                                + " feature:install http-whiteboard lets it serve them",
                        ProbeSettings.FILE,
                        settings.host(),
                        settings.port(),
                        e.getMessage(),
                        AGAIN_S);
            }
            later();
        }
    }

    /** Has a thread only while there is something to try. */
    @SuppressWarnings("FutureReturnValueIgnored") // open tells by itself what came of it
    private void later() {
        if (active && retry.isEmpty()) {
            ScheduledExecutorService timer =
                    Executors.newSingleThreadScheduledExecutor(DaemonThreads.named(ProbeServer.THREAD + "-retry"));
            timer.scheduleWithFixedDelay(this::again, AGAIN_S, AGAIN_S, TimeUnit.SECONDS);
            retry = Optional.of(timer);
        }
    }

    private synchronized void again() {
        open();
    }

    private void shut() {
        server.ifPresent(ProbeServer::close);
        server = Optional.empty();
        shutRetry();
    }

    private void shutRetry() {
        retry.ifPresent(ScheduledExecutorService::shutdownNow);
        retry = Optional.empty();
    }
}
