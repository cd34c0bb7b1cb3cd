package org.bellwire.health;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.bellwire.api.Message;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.BusStatistics;
import org.bellwire.api.runtime.DaemonThreads;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells on {@code bridge/health} how Bellwire is: after each connect, and each minute. */
@Component(service = {})
public final class HealthTopic {

    static final Topic TOPIC = Topic.of("bridge", "health");

    private static final Logger LOG = LoggerFactory.getLogger(HealthTopic.class);
    private static final int EVERY_S = 60;
    private static final int STOP_S = 1;

    private final Bus bus;
    private final Metrics metrics;
    private final ScheduledExecutorService timer;
    private Bus.Subscription connection = () -> {};

    @Activate
    public HealthTopic(@Reference Bus bus, @Reference Metrics metrics) {
        this(bus, metrics, Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("bellwire-health")));
    }

    HealthTopic(Bus bus, Metrics metrics, ScheduledExecutorService timer) {
        this.bus = bus;
        this.metrics = metrics;
        this.timer = timer;
    }

    @Activate
    void open() {
        timer.scheduleAtFixedRate(this::tell, EVERY_S, EVERY_S, TimeUnit.SECONDS);
        connection = bus.onConnection(() -> timer.execute(this::tell), () -> {
            // Nobody could hear it: bridge/status says offline, and the next connect tells the rest.
        });
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
        tell(HealthTopic::leaving);
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
        tell(UnaryOperator.identity());
    }

    private void tell(UnaryOperator<BusStatistics> change) {
        try {
            if (bus.isConnected()) {
                HealthReport vitals = metrics.vitals(Optional.empty(), change.apply(bus.statistics()));
                bus.publish(Message.retained(TOPIC, vitals.report()));
            }
        } catch (RuntimeException e) {
            LOG.error("{} could not be told and is tried again", TOPIC, e);
        }
    }
}
