package org.bellwire.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.bellwire.cluster.PendingReport.Fate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends reports to Kafka, by a client that is made when the first one is sent. When one fails, the client is given up with all that
 * it has not sent, so that none overtakes the one that failed; then it rests for a second. For one thread.
 */
final class ReportProducer {

    /** The header of a record that came by a disk: it may be old, or in the log already. */
    static final String DELAYED = "delayed";

    /** The header with the name of the gateway that took the report from the phone. */
    static final String GATEWAY = "gateway";

    private static final Logger LOG = LoggerFactory.getLogger(ReportProducer.class);
    private static final long RETRY = Duration.ofSeconds(1).toNanos();
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final ClusterSettings settings;
    private final String gateway;
    private final OwnedPartitions partitions;
    private final LongSupplier nanos;
    private Optional<Producer<String, byte[]>> producer = Optional.empty();
    private AtomicBoolean givenUp = new AtomicBoolean();
    private long notBefore;

    /**
     * @param gateway the name of this gateway, which no other has
     * @param nanos as of {@link System#nanoTime()}
     */
    ReportProducer(
            KafkaClients clients,
            ClusterSettings settings,
            String gateway,
            OwnedPartitions partitions,
            LongSupplier nanos) {
        this.clients = clients;
        this.settings = settings;
        this.gateway = gateway;
        this.partitions = partitions;
        this.nanos = nanos;
        notBefore = nanos.getAsLong();
    }

    /** There are partitions, and the last failure is long enough ago. */
    boolean mayTry() {
        return partitions.count() > 0 && nanos.getAsLong() - notBefore >= 0;
    }

    void rest() {
        notBefore = nanos.getAsLong() + RETRY;
    }

    /** Kafka tells the report what became of it; at once where it cannot be sent. */
    void send(PendingReport pending, boolean delayed) {
        try {
            if (producer.isEmpty()) {
                producer = Optional.of(clients.reports());
            }
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                    settings.reports(),
                    Partitions.of(pending.phone(), partitions.count()),
                    pending.phone(),
                    pending.bytes());
            record.headers().add(GATEWAY, gateway.getBytes(StandardCharsets.UTF_8));
            if (delayed) {
                record.headers().add(DELAYED, new byte[0]);
            }
            producer.get().send(record, settles(pending, producer.get(), givenUp));
        } catch (RuntimeException e) { // whatever it is: one that is not sent is not to be waited for
            LOG.debug("not sent", e);
            givenUp.set(true);
            pending.settled(false);
        }
        if (pending.fate() == Fate.FAILED) {
            rest();
        }
    }

    private static Callback settles(PendingReport pending, Producer<String, byte[]> client, AtomicBoolean givenUp) {
        Thread sender = Thread.currentThread();
        return (where, failure) -> {
            boolean unconnected = failure instanceof TimeoutException && Thread.currentThread() == sender;
            if (failure != null && !unconnected) {
                // On Kafka's own thread, before it does anything else: it would go on with those behind this one.
                givenUp.set(true);
                client.close(Duration.ZERO);
            }
            pending.settled(failure == null);
        };
    }

    /** The next report gets a new client, if this one was given up. One that has not connected yet goes on with that. */
    void renew() {
        if (givenUp.get()) {
            close();
        }
    }

    /** Sends what it can in a second. */
    void close() {
        producer.ifPresent(there -> KafkaClients.closeBy(() -> there.close(CLOSE)));
        producer = Optional.empty();
        givenUp = new AtomicBoolean();
    }
}
