package org.bellwire.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.bellwire.api.port.Bus.Undelivered;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.cluster.LogRecords.Heard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the log of commands what this gateway was asked for, for whichever gateway is to carry it out. Nothing is written a
 * second time: whether what is of unknown fate was carried out is not known.
 */
final class LogSender {

    private static final Logger LOG = LoggerFactory.getLogger(LogSender.class);
    private static final int MAX = 500;
    private static final String BUSY = "Kafka does not answer, and too much waits for it";
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final ClusterSettings settings;
    private final KafkaClients clients;
    private final OwnedPartitions partitions;
    /** Waits for Kafka. */
    private final ThreadPoolExecutor thread = DaemonThreads.pool("bellwire-cluster-relay-", 1, MAX);

    // Of the thread alone.
    private Optional<Producer<String, byte[]>> producer = Optional.empty();

    /** Sends nothing yet. */
    LogSender(ClusterSettings settings, KafkaClients clients, OwnedPartitions partitions) {
        this.settings = settings;
        this.clients = clients;
        this.partitions = partitions;
    }

    /** Too much waits already. */
    static Undelivered busy() {
        return new Undelivered(BUSY);
    }

    /** Why nothing can be sent now. */
    Optional<Undelivered> objection() {
        return partitions.count() == 0
                ? Optional.of(new Undelivered("this gateway has not found Kafka yet: try again in 10 s"))
                : Optional.empty();
    }

    /**
     * Does not wait. False: it is not sent, since too much waits already.
     *
     * @param wanted asked when its turn has come: nobody may wait for it any more
     * @param failed is told why it may not have been written
     */
    boolean send(Heard what, BooleanSupplier wanted, Consumer<Undelivered> failed) {
        try {
            thread.execute(KafkaClients.withOwnLoader(() -> {
                if (wanted.getAsBoolean()) {
                    write(what, failed);
                }
            }));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void write(Heard what, Consumer<Undelivered> failed) {
        try {
            if (producer.isEmpty()) {
                producer = Optional.of(clients.commands());
            }
            producer.get().send(record(settings, partitions, what), (where, failure) -> {
                if (failure != null) {
                    failed.accept(unsent(failure));
                }
            });
        } catch (RuntimeException e) { // whatever it is: who sent it waits for an answer
            LOG.debug("not sent", e);
            failed.accept(unsent(e));
        }
    }

    /** In the partition of what it is for. */
    static ProducerRecord<String, byte[]> record(ClusterSettings settings, OwnedPartitions partitions, Heard what) {
        return new ProducerRecord<>(
                settings.commands(), Partitions.of(what.key(), partitions.count()), what.key(), what.bytes());
    }

    private static Undelivered unsent(Exception failure) {
        return new Undelivered(
                "Kafka did not confirm it, so that it may be carried out or not: " + failure.getMessage());
    }

    void stop() throws InterruptedException {
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
        producer.ifPresent(there -> KafkaClients.closeBy(() -> there.close(CLOSE)));
        producer = Optional.empty();
    }
}
