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
import org.bellwire.api.Result;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Bus.Undelivered;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.cluster.LogRecords.HeardCommand;
import org.bellwire.cluster.LogRecords.Sender;

/**
 * Sends commands of this gateway's shell, page and triggers through the log to the gateways that serve the phones, and hears what
 * came of them.
 */
final class CommandRelay implements Bus.Subscriber {

    /** Commands under way. */
    static final int MAX = 500;

    private final LogSender log;
    private final String gateway;
    private final Duration patience;
    private final Clock clock;
    private final Map<String, CompletableFuture<Result>> waiting = new ConcurrentHashMap<>();

    /**
     * Sends nothing yet.
     *
     * @param gateway the name of this one
     * @param patience for how long a result is awaited
     */
    CommandRelay(LogSender log, String gateway, Duration patience, Clock clock) {
        this.log = log;
        this.gateway = gateway;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public String filter() {
        return RemoteResult.topic(gateway).path();
    }

    @Override
    public void connected() {
        // Results come then.
    }

    @Override
    public void disconnected() {
        // Who waits for a result is told in time.
    }

    @Override
    public void arrived(Topic topic, String payload) {
        RemoteResult.read(payload)
                .ifPresent(came -> Optional.ofNullable(waiting.get(came.number()))
                        .ifPresent(sent -> sent.complete(came.result())));
    }

    /** Completes with the result; exceptionally, with what to tell, if none is known. */
    CompletionStage<Result> send(CommandOrder order) {
        if (waiting.size() >= MAX) {
            return CompletableFuture.failedStage(
                    new Undelivered("busy: " + MAX + " commands for other gateways are under way already"));
        }
        Optional<Undelivered> objection = log.objection();
        if (objection.isPresent()) {
            return CompletableFuture.failedStage(objection.get());
        }
        String number = UUID.randomUUID().toString();
        CompletableFuture<Result> result = new CompletableFuture<>();
        waiting.put(number, result);
        HeardCommand sent = new HeardCommand(order, clock.instant(), Optional.of(new Sender(gateway, number)));
        if (!log.send(sent, () -> !result.isDone(), result::completeExceptionally)) {
            result.completeExceptionally(LogSender.busy());
        }
        return result.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).handle((came, failure) -> {
            waiting.remove(number);
            if (failure == null) {
                return came;
            }
            throw new CompletionException(failure instanceof TimeoutException ? noResult(order) : failure);
        });
    }

    private Undelivered noResult(CommandOrder order) {
        return new Undelivered("the gateway that serves this phone told no result within " + patience.toSeconds()
                + " s: it was carried out if one stands on " + order.phone() + "/result/" + order.command());
    }

    /** Whoever waits is told that nothing is known. */
    void stop() {
        waiting.values().forEach(each -> each.completeExceptionally(new Undelivered("this gateway ended meanwhile")));
    }
}
