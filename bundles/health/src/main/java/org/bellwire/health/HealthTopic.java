package org.bellwire.health;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.bellwire.api.Message;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.BusStatistics;
import org.bellwire.api.port.Gateways;
import org.bellwire.api.runtime.DaemonThreads;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells on {@code bridge/health} how Bellwire is: after each connect, and each minute. Where several gateways serve a building,
 * each tells on a topic of its own, and one of them also the sum.
 */
@Component(service = {})
public final class HealthTopic {

    static final Topic TOPIC = Topic.of("bridge", "health");

    private static final Logger LOG = LoggerFactory.getLogger(HealthTopic.class);
    private static final int EVERY_S = 60;
    private static final int STOP_S = 1;

    private final Bus bus;
    private final Metrics metrics;
    private final InstantSource clock;
    private final OtherReports others;
    private final GatewayComparison comparison = new GatewayComparison();
    private final Optional<ConfigurationDigest> files;
    private final ScheduledExecutorService timer;
    private Bus.Subscription connection = () -> {};
    private Bus.Subscription hearing = () -> {};
    private volatile Optional<Gateways> gateways = Optional.empty();

    @Activate
    public HealthTopic(@Reference Bus bus, @Reference Metrics metrics) {
        this(
                bus,
                metrics,
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("bellwire-health")),
                InstantSource.system(),
                Optional.ofNullable(System.getProperty("karaf.etc")).map(Path::of));
    }

    /** @param folder with the files that all gateways of a building have; empty: they are somewhere else */
    HealthTopic(Bus bus, Metrics metrics, ScheduledExecutorService timer, InstantSource clock, Optional<Path> folder) {
        this.bus = bus;
        this.metrics = metrics;
        this.timer = timer;
        this.clock = clock;
        others = new OtherReports(clock);
        files = folder.map(ConfigurationDigest::new);
    }

    @Activate
    void open() {
        timer.scheduleAtFixedRate(this::tell, EVERY_S, EVERY_S, TimeUnit.SECONDS);
        connection = bus.onConnection(() -> timer.execute(this::tell), () -> {
            // Nobody could hear it: bridge/status says offline, and the next connect tells the rest.
        });
    }

    /** The gateways of this building, where there are several. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindGateways(Gateways several) {
        if (gateways.isEmpty()) {
            hearing = bus.subscribe(others);
        }
        gateways = Optional.of(several);
    }

    synchronized void unbindGateways(Gateways several) {
        if (gateways.filter(now -> now == several).isPresent()) {
            gateways = Optional.empty();
            hearing.close();
        }
    }

    /** The bus is still there, and says its own last word after ours. */
    @Deactivate
    void stop() {
        connection.close();
        timer.shutdownNow();
        try {
            timer.awaitTermination(STOP_S, TimeUnit.SECONDS); // or its word would come after the last one
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tell(HealthTopic::leaving, several -> several.all().size() == 1);
        hearing.close();
    }

    /** What stays at the broker must not say that there is a connection. */
    private static BusStatistics leaving(BusStatistics bus) {
        return new BusStatistics(
                false,
                bus.queued(),
                bus.spooled(),
                bus.accepted(),
                bus.refused(),
                bus.published(),
                bus.late(),
                bus.stored(),
                bus.drained(),
                bus.dropped(),
                bus.spoolFault());
    }

    private void tell() {
        tell(UnaryOperator.identity(), several -> true);
    }

    /** @param sums may tell the sum of several, if this is the one to tell it */
    private void tell(UnaryOperator<BusStatistics> change, Predicate<Gateways> sums) {
        try {
            if (bus.isConnected()) {
                String report = metrics.vitals(Optional.empty(), change.apply(bus.statistics()))
                        .report();
                gateways.ifPresentOrElse(
                        several -> tell(report, several, sums.test(several)),
                        () -> bus.publish(Message.retained(TOPIC, report)));
            }
        } catch (RuntimeException e) {
            LOG.error("{} could not be told and is tried again", TOPIC, e);
        }
    }

    private void tell(String report, Gateways several, boolean sums) {
        String own = several.own();
        Optional<String> word = files.flatMap(ConfigurationDigest::now);
        String signed = GatewayComparison.signed(report, clock.instant(), word);
        bus.publish(Message.retained(Topic.of("bridge", "gateway", own, "health"), signed));
        List<String> rest =
                several.all().stream().filter(name -> !name.equals(own)).toList();
        Map<String, OtherReports.Arrival> told = others.of(rest);
        comparison.look(told, word);
        if (sums && several.tellsForAll()) {
            List<String> reports =
                    told.values().stream().map(OtherReports.Arrival::report).toList();
            bus.publish(Message.retained(TOPIC, HealthSum.of(report, reports)));
        }
    }
}
