package org.bellwire.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.Result;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.cluster.LogRecords.HeardCommand;

/**
 * Sends commands of this gateway's shell, page and triggers through the log to the gateways that serve the phones, and hears what
 * came of them.
 */
final class CommandRelay implements Bus.Subscriber {

    /** Commands under way. */
    static final int MAX = 500;

    private final String gateway;
    private final Duration patience;
    private final Clock clock;
    private final AwaitedAnswers<Result> results;

    /**
     * Sends nothing yet.
     *
     * @param gateway the name of this one
     * @param patience for how long a result is awaited
     */
    CommandRelay(LogSender log, String gateway, Duration patience, Clock clock) {
        this.gateway = gateway;
        this.patience = patience;
        this.clock = clock;
        results = new AwaitedAnswers<>(
                log, gateway, patience, MAX, "busy: " + MAX + " commands for other gateways are under way already");
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
        RemoteResult.read(payload).ifPresent(came -> results.arrived(came.number(), came.result()));
    }

    /** Completes with the result; exceptionally, with what to tell, if none is known. */
    CompletionStage<Result> send(CommandOrder order) {
        return results.send(
                sender -> new HeardCommand(order, clock.instant(), Optional.of(sender)),
                "the gateway that serves this phone told no result within " + patience.toSeconds()
                        + " s: it was carried out if one stands on " + order.phone() + "/result/" + order.command());
    }

    /** Whoever waits is told that nothing is known. */
    void stop() {
        results.stop();
    }
}
