package org.bellwire.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Bus.Undelivered;
import org.bellwire.api.port.RemoteTriggers;
import org.bellwire.api.port.TriggerOrder;
import org.bellwire.api.port.Triggers;
import org.bellwire.api.runtime.LogThrottle;
import org.bellwire.cluster.LogRecords.HeardTrigger;
import org.bellwire.cluster.LogRecords.Sender;
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
    private final Map<String, CompletableFuture<Triggers.Outcome>> waiting = new ConcurrentHashMap<>();

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
        RemoteOutcome.read(payload)
                .ifPresent(came -> Optional.ofNullable(waiting.get(came.number()))
                        .ifPresent(asked -> asked.complete(came.outcome())));
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
        if (waiting.size() >= MAX) {
            return CompletableFuture.failedStage(
                    new Undelivered("busy: " + MAX + " triggers of other gateways are awaited already"));
        }
        Optional<Undelivered> objection = log.objection();
        if (objection.isPresent()) {
            return CompletableFuture.failedStage(objection.get());
        }
        String number = UUID.randomUUID().toString();
        CompletableFuture<Triggers.Outcome> outcome = new CompletableFuture<>();
        waiting.put(number, outcome);
        HeardTrigger asked = new HeardTrigger(order, clock.instant(), Optional.of(new Sender(gateway, number)));
        if (!log.send(asked, () -> !outcome.isDone(), outcome::completeExceptionally)) {
            outcome.completeExceptionally(LogSender.busy());
        }
        return outcome.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).handle((came, failure) -> {
            waiting.remove(number);
            if (failure == null) {
                return came;
            }
            throw new CompletionException(failure instanceof TimeoutException ? noOutcome(order) : failure);
        });
    }

    private Undelivered noOutcome(TriggerOrder order) {
        return new Undelivered("the gateway that runs this trigger told no outcome within " + patience.toSeconds()
                + " s: it stands on bridge/trigger/" + order.trigger() + " once there is one");
    }

    /** Whoever waits is told that nothing is known. */
    void stop() {
        waiting.values().forEach(each -> each.completeExceptionally(new Undelivered("this gateway ended meanwhile")));
    }
}
