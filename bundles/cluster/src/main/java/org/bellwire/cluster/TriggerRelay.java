package org.bellwire.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.RemoteTriggers;
import org.bellwire.api.port.TriggerOrder;
import org.bellwire.api.port.Triggers;
import org.bellwire.api.runtime.LogThrottle;
import org.bellwire.cluster.LogRecords.HeardTrigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what fires a trigger at this gateway, by HTTP or in its shell, through the log to the gateway that runs it, and hears what
 * came of it.
 */
final class TriggerRelay implements Bus.Subscriber, RemoteTriggers {

    private static final Logger LOG = LoggerFactory.getLogger(TriggerRelay.class);
    /** Of whom somebody waits for the end. */
    static final int MAX = 100;

    private final LogSender log;
    private final String gateway;
    private final Duration patience;
    private final Clock clock;
    private final LogThrottle failures;
    private final AwaitedAnswers<Triggers.Outcome> outcomes;

    /**
     * Sends nothing yet.
     *
     * @param gateway the name of this one
     * @param patience for how long an outcome is awaited
     */
    TriggerRelay(LogSender log, String gateway, Duration patience, Clock clock, LongSupplier nanos) {
        this.log = log;
        this.gateway = gateway;
        this.patience = patience;
        this.clock = clock;
        failures = new LogThrottle(60, nanos);
        outcomes = new AwaitedAnswers<>(
                log, gateway, patience, MAX, "busy: " + MAX + " triggers of other gateways are awaited already");
    }

    @Override
    public String filter() {
        return RemoteOutcome.topic(gateway).path();
    }

    @Override
    public void connected() {
        // Outcomes come then.
    }

    @Override
    public void disconnected() {
        // Who waits is told in time.
    }

    @Override
    public void arrived(Topic topic, String payload) {
        RemoteOutcome.read(payload).ifPresent(came -> outcomes.arrived(came.number(), came.outcome()));
    }

    @Override
    public boolean send(TriggerOrder order) {
        return log.objection().isEmpty()
                && log.send(
                        new HeardTrigger(order, clock.instant(), Optional.empty()),
                        () -> true,
                        failure -> failures.next()
                                .ifPresent(left -> LOG.warn(
                                        "trigger {}: {} ({} more such since the last line)",
                                        order.trigger(),
                                        failure.getMessage(),
                                        left)));
    }

    @Override
    public CompletionStage<Triggers.Outcome> ask(TriggerOrder order) {
        return outcomes.send(
                sender -> new HeardTrigger(order, clock.instant(), Optional.of(sender)),
                "the gateway that runs this trigger told no outcome within " + patience.toSeconds()
                        + " s: it stands on bridge/trigger/" + order.trigger() + " once there is one");
    }

    /** Whoever waits is told that nothing is known. */
    void stop() {
        outcomes.stop();
    }
}
