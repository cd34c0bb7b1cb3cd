package org.bellwire.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.bellwire.api.PhoneId;

/** Which partitions this gateway owns now, and how far each is. Read by any thread. */
final class OwnedPartitions {

    /** By then Kafka has told who is no member any more. */
    private static final Duration DOUBT = Duration.ofSeconds(3);

    private final Map<Integer, PartitionProgress> owned = new ConcurrentHashMap<>();
    private final LongSupplier nanos;
    private volatile int count;
    private volatile Optional<Long> doubtedAt = Optional.empty();
    private volatile Optional<ConsumerGroupMetadata> member = Optional.empty();

    /** @param nanos as of {@link System#nanoTime()} */
    OwnedPartitions(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How many partitions there are; 0 until that is known. */
    int count() {
        return count;
    }

    void count(int partitions) {
        count = partitions;
    }

    /** Who this gateway is to the group, as of its last round. */
    Optional<ConsumerGroupMetadata> member() {
        return member;
    }

    void member(ConsumerGroupMetadata now) {
        member = Optional.of(now);
    }

    Optional<PartitionProgress> find(int partition) {
        return Optional.ofNullable(owned.get(partition));
    }

    /** The partition of this phone, if it is owned and what is known of its phones is known here. */
    Optional<PartitionProgress> of(PhoneId phone) {
        int partitions = count;
        return partitions == 0
                ? Optional.empty()
                : find(Partitions.of(phone.value(), partitions)).filter(PartitionProgress::isReady);
    }

    boolean ownsFirst() {
        return find(0).filter(PartitionProgress::isReady).isPresent();
    }

    /** This gateway slept: what it owned may be another's by now, as the group will tell. */
    void doubt() {
        doubtedAt = Optional.of(nanos.getAsLong());
    }

    boolean isDoubtful() {
        return doubtedAt
                .filter(since -> nanos.getAsLong() - since < DOUBT.toNanos())
                .isPresent();
    }

    /** Those of whose phones it is known here what is known of them. */
    Set<Integer> ready() {
        return owned.values().stream()
                .filter(PartitionProgress::isReady)
                .map(PartitionProgress::number)
                .collect(Collectors.toSet());
    }

    List<PartitionProgress> all() {
        return new ArrayList<>(owned.values());
    }

    void add(PartitionProgress progress) {
        owned.put(progress.number(), progress);
    }

    /** Owns nothing any more; tells what it was. */
    List<PartitionProgress> clear() {
        List<PartitionProgress> before = all();
        owned.clear();
        return before;
    }
}
