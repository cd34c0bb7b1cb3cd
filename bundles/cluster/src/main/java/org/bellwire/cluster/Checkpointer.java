package org.bellwire.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.PartitionOwner;
import org.bellwire.api.port.PartitionOwner.Knowledge;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.api.runtime.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once a second, on a thread of its own: one transaction with what is known of the phones that changed, and from where on the
 * log is still needed. Kafka refuses it where another gateway owns the partition now.
 */
final class Checkpointer {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
    private static final long PERIOD_MS = 1_000;
    private static final int STOP_S = 3;
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final ClusterSettings settings;
    private final KafkaClients clients;
    private final OwnedPartitions partitions;
    private final PartitionOwner owner;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final LogThrottle failures;
    private Optional<Producer<String, byte[]>> producer = Optional.empty();

    Checkpointer(
            ClusterSettings settings,
            KafkaClients clients,
            OwnedPartitions partitions,
            PartitionOwner owner,
            LongSupplier nanos) {
        this.settings = settings;
        this.clients = clients;
        this.partitions = partitions;
        this.owner = owner;
        failures = new LogThrottle(60, nanos);
        thread = DaemonThreads.of("bellwire-cluster-checkpoint", KafkaClients.withOwnLoader(this::run));
    }

    void start() {
        thread.start();
    }

    /** Keeps what there is once more, and ends. */
    void stop() throws InterruptedException {
        stopping.countDown();
        thread.join(TimeUnit.SECONDS.toMillis(STOP_S));
    }

    private void run() {
        try {
            while (!stopping.await(PERIOD_MS, TimeUnit.MILLISECONDS)) {
                keepWhatThereIs();
            }
            keepWhatThereIs();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** Without this thread every move would repeat more and more. */
    void keepWhatThereIs() {
        Map<PartitionProgress, PartitionProgress.Part> parts = new HashMap<>();
        try {
            if (partitions.member().isEmpty()) {
                return;
            }
            for (PartitionProgress progress : partitions.all()) {
                if (progress.isReady()) {
                    gather(progress).ifPresent(part -> parts.put(progress, part));
                }
            }
            if (!parts.isEmpty()) {
                write(new ArrayList<>(parts.values()));
                parts.forEach(PartitionProgress::kept);
            }
        } catch (RuntimeException e) {
            parts.forEach(PartitionProgress::notKept);
            close(); // what another client with its id has ended cannot be used again
            failures.next()
                    .ifPresent(left -> LOG.info(
                            "what is known of the phones is kept in Kafka a little later: {} ({} more since the last such line)",
                            String.valueOf(e.getMessage()),
                            left));
            LOG.debug("the failure itself", e);
        }
    }

    private Optional<PartitionProgress.Part> gather(PartitionProgress progress) {
        Map<PhoneId, Optional<Knowledge>> known = new HashMap<>();
        progress.candidates().forEach(phone -> known.put(phone, owner.knowledge(phone)));
        PartitionProgress.Part part = progress.keep(known);
        if (progress.isNews(part)) {
            return Optional.of(part);
        }
        progress.notKept(part);
        return Optional.empty();
    }

    private void write(List<PartitionProgress.Part> parts) {
        Producer<String, byte[]> to = producer();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        to.beginTransaction();
        try {
            for (PartitionProgress.Part part : parts) {
                part.texts()
                        .forEach((phone, text) -> to.send(new ProducerRecord<>(
                                settings.phones(),
                                part.number(),
                                phone.value(),
                                text.getBytes(StandardCharsets.UTF_8))));
                if (part.offset() != PartitionProgress.NONE) {
                    offsets.put(
                            new TopicPartition(settings.reports(), part.number()),
                            new OffsetAndMetadata(part.offset(), clients.transactionalId()));
                }
            }
            to.sendOffsetsToTransaction(offsets, partitions.member().orElseThrow());
            to.commitTransaction();
        } catch (KafkaException e) {
            abort(to);
            throw e;
        }
    }

    private static void abort(Producer<String, byte[]> to) {
        try {
            to.abortTransaction();
        } catch (KafkaException e) {
            LOG.debug("nothing is left to abort", e);
        }
    }

    private Producer<String, byte[]> producer() {
        if (producer.isEmpty()) {
            Producer<String, byte[]> made = clients.transactions(clients.transactionalId());
            producer = Optional.of(made);
            made.initTransactions();
        }
        return producer.get();
    }

    private void close() {
        producer.ifPresent(there -> KafkaClients.closeBy(() -> there.close(CLOSE)));
        producer = Optional.empty();
    }
}
