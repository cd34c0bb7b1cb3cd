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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.bellwire.api.Result;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Bus.Undelivered;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.cluster.LogRecords.HeardCommand;
import org.bellwire.cluster.LogRecords.Sender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands of this gateway's shell and page through the log to the gateways that serve the phones, and hears what came of
 * them. None is sent a second time: whether one of unknown fate was carried out is not known.
 */
final class CommandRelay implements Bus.Subscriber {

    private static final Logger LOG = LoggerFactory.getLogger(CommandRelay.class);
    /** Commands under way. */
    static final int MAX = 500;

    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final ClusterSettings settings;
    private final KafkaClients clients;
    private final OwnedPartitions partitions;
    private final String gateway;
    private final Duration patience;
    private final Clock clock;
    private final Map<String, CompletableFuture<Result>> waiting = new ConcurrentHashMap<>();
    /** Waits for Kafka. */
    private final ThreadPoolExecutor thread = DaemonThreads.pool("bellwire-cluster-relay-", 1, MAX);

    // Of the thread alone.
    private Optional<Producer<String, byte[]>> producer = Optional.empty();

    /**
     * Sends nothing yet.
     *
     * @param gateway the name of this one
     * @param patience for how long a result is awaited
     */
    CommandRelay(
            ClusterSettings settings,
            KafkaClients clients,
            OwnedPartitions partitions,
            String gateway,
            Duration patience,
            Clock clock) {
        this.settings = settings;
        this.clients = clients;
        this.partitions = partitions;
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
            return failed("busy: " + MAX + " commands for other gateways are under way already");
        }
        if (partitions.count() == 0) {
            return failed("this gateway has not found Kafka yet: try again in 10 s");
        }
        String number = UUID.randomUUID().toString();
        CompletableFuture<Result> result = new CompletableFuture<>();
        waiting.put(number, result);
        HeardCommand sent = new HeardCommand(order, clock.instant(), Optional.of(new Sender(gateway, number)));
        try {
            thread.execute(KafkaClients.withOwnLoader(() -> write(sent, result)));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new Undelivered("Kafka does not answer, and too many commands wait for it"));
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

    private static CompletionStage<Result> failed(String why) {
        return CompletableFuture.failedStage(new Undelivered(why));
    }

    private void write(HeardCommand command, CompletableFuture<Result> result) {
        if (result.isDone()) {
            return; // who sent it was told that none came
        }
        try {
            if (producer.isEmpty()) {
                producer = Optional.of(clients.commands());
            }
            String phone = command.order().phone();
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                    settings.commands(), Partitions.of(phone, partitions.count()), phone, LogRecords.of(command));
            producer.get().send(record, (where, failure) -> {
                if (failure != null) {
                    result.completeExceptionally(unsent(failure));
                }
            });
        } catch (RuntimeException e) { // whatever it is: who sent it waits for an answer
            LOG.debug("not sent", e);
            result.completeExceptionally(unsent(e));
        }
    }

    private static Undelivered unsent(Exception failure) {
        return new Undelivered(
                "Kafka did not confirm it, so that it may be carried out or not: " + failure.getMessage());
    }

    void stop() throws InterruptedException {
        waiting.values().forEach(each -> each.completeExceptionally(new Undelivered("this gateway ended meanwhile")));
        try {
            thread.execute(KafkaClients.withOwnLoader(this::close));
        } catch (RejectedExecutionException e) {
            LOG.debug("the producer is left to itself: too much waits for Kafka", e);
        }
        thread.shutdown();
        if (!thread.awaitTermination(2 * CLOSE.toSeconds(), TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }

    private void close() {
        producer.ifPresent(there -> {
            try {
                there.close(CLOSE);
            } catch (KafkaException e) {
                LOG.debug("closing failed", e);
            }
        });
        producer = Optional.empty();
    }
}
