package org.bellwire.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.bellwire.api.PhoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is known of the phones of partitions, once whoever owned them before can write no more. Its connections stay for the
 * next time, when phones wait: making them anew takes a second of processors that have much to do then. Of one thread.
 */
final class KnowledgeReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KnowledgeReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STALLED = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int FENCE_S = 5;
    /** Not Kafka's half a minute: the phones wait. */
    private static final CloseOptions CLOSE = CloseOptions.timeout(Duration.ofSeconds(1));

    private final ClusterSettings settings;
    private final KafkaClients clients;
    private final BooleanSupplier stopped;
    private final LongSupplier nanos;
    /** Reads what is kept for good. */
    private Optional<Consumer<String, byte[]>> committed = Optional.empty();
    /** Sees also what is not kept for good yet. */
    private Optional<Consumer<String, byte[]>> all = Optional.empty();

    KnowledgeReader(ClusterSettings settings, KafkaClients clients, BooleanSupplier stopped, LongSupplier nanos) {
        this.settings = settings;
        this.clients = clients;
        this.stopped = stopped;
        this.nanos = nanos;
    }

    /** Waits for Kafka. */
    Map<PhoneId, String> read(Set<Integer> partitions) throws InterruptedException {
        List<TopicPartition> phones = on(settings.phones(), partitions);
        boolean done = false;
        try {
            Consumer<String, byte[]> from = committed.orElseGet(() -> clients.reader("read_committed"));
            committed = Optional.of(from);
            // Comes back only when no offset of the owner before is under way.
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    from.committed(new HashSet<>(on(settings.reports(), partitions)));
            Map<TopicPartition, Long> ends = ends(phones);
            from.assign(phones);
            from.seekToBeginning(phones);
            Map<PhoneId, String> known = read(from, ends, owners(offsets));
            from.unsubscribe();
            done = true;
            return known;
        } finally {
            if (!done) {
                close(); // whatever is wrong with them
            }
        }
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> phones) {
        Consumer<String, byte[]> from = all.orElseGet(() -> clients.reader("read_uncommitted"));
        all = Optional.of(from);
        return from.endOffsets(phones);
    }

    @Override
    public void close() {
        List<Consumer<String, byte[]>> open =
                Stream.of(committed, all).flatMap(Optional::stream).toList();
        committed = Optional.empty();
        all = Optional.empty();
        open.forEach(each -> KafkaClients.closeBy(() -> each.close(CLOSE)));
    }

    private Map<PhoneId, String> read(Consumer<String, byte[]> from, Map<TopicPartition, Long> ends, Set<String> owners)
            throws InterruptedException {
        Map<PhoneId, String> known = new HashMap<>();
        long begin = nanos.getAsLong();
        long progressAt = begin;
        boolean fenced = false;
        while (!isAtEnd(from, ends)) {
            if (stopped.getAsBoolean() || nanos.getAsLong() - begin > LONGEST.toNanos()) {
                throw new IllegalStateException("it could not be read in time");
            }
            for (ConsumerRecord<String, byte[]> each : from.poll(POLL)) {
                if (each.key() != null && each.value() != null) {
                    PhoneId.parse(each.key())
                            .ifPresent(phone -> known.put(phone, new String(each.value(), StandardCharsets.UTF_8)));
                }
                progressAt = nanos.getAsLong();
            }
            if (!fenced && nanos.getAsLong() - progressAt > STALLED.toNanos()) {
                fence(owners);
                fenced = true;
            }
        }
        return known;
    }

    private static boolean isAtEnd(Consumer<String, byte[]> from, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> from.position(end.getKey()) >= end.getValue());
    }

    /** A transaction that a dead gateway left open holds up all readers: it is ended at once, not when its time is over. */
    private void fence(Set<String> owners) throws InterruptedException {
        if (owners.isEmpty()) {
            return;
        }
        LOG.info("ends what {} left open", owners);
        try {
            clients.ask(admin -> admin.fenceProducers(owners).all().get(FENCE_S, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("it will end by itself", e);
        }
    }

    private Set<String> owners(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.values().stream()
                .filter(offset -> offset != null)
                .map(OffsetAndMetadata::metadata)
                .filter(name -> !name.isEmpty() && !name.equals(clients.transactionalId()))
                .collect(Collectors.toSet());
    }

    private static List<TopicPartition> on(String topic, Set<Integer> partitions) {
        List<TopicPartition> all = new ArrayList<>();
        partitions.forEach(number -> all.add(new TopicPartition(topic, number)));
        return all;
    }
}
