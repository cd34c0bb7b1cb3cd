package org.bellwire.cluster;

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
import java.util.function.Function;
import org.bellwire.api.port.Bus.Undelivered;
import org.bellwire.cluster.LogRecords.Heard;
import org.bellwire.cluster.LogRecords.Sender;

/**
 * What this gateway sent through the log and somebody waits for the answer to, each under a number.
 *
 * @param <T> the answer
 */
final class AwaitedAnswers<T> {

    private final LogSender log;
    private final String gateway;
    private final Duration patience;
    private final int max;
    private final String busy;
    private final Map<String, CompletableFuture<T>> waiting = new ConcurrentHashMap<>();

    /**
     * Waits for nothing yet.
     *
     * @param gateway the name of this one
     * @param patience for how long an answer is awaited
     * @param max how many are awaited at once
     * @param busy what to tell when these are so many
     */
    AwaitedAnswers(LogSender log, String gateway, Duration patience, int max, String busy) {
        this.log = log;
        this.gateway = gateway;
        this.patience = patience;
        this.max = max;
        this.busy = busy;
    }

    /**
     * Completes with the answer; exceptionally, with what to tell, if none is known.
     *
     * @param order what is written into the log, for this sender
     * @param missing what to tell when none has come in time
     */
    CompletionStage<T> send(Function<Sender, Heard> order, String missing) {
        if (waiting.size() >= max) {
            return CompletableFuture.failedStage(new Undelivered(busy));
        }
        Optional<Undelivered> objection = log.objection();
        if (objection.isPresent()) {
            return CompletableFuture.failedStage(objection.get());
        }
        String number = UUID.randomUUID().toString();
        CompletableFuture<T> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        Heard sent = order.apply(new Sender(gateway, number));
        if (!log.send(sent, () -> !answer.isDone(), answer::completeExceptionally)) {
            answer.completeExceptionally(LogSender.busy());
        }
        return answer.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).handle((came, failure) -> {
            waiting.remove(number);
            if (failure == null) {
                return came;
            }
            throw new CompletionException(failure instanceof TimeoutException ? new Undelivered(missing) : failure);
        });
    }

    /** One has come; that of an unknown number, which anybody may have sent, is nobody's. */
    void arrived(String number, T answer) {
        Optional.ofNullable(waiting.get(number)).ifPresent(sent -> sent.complete(answer));
    }

    /** Whoever waits is told that nothing is known. */
    void stop() {
        waiting.values().forEach(each -> each.completeExceptionally(new Undelivered("this gateway ended meanwhile")));
    }
}
