package org.bellwire.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions come and go when the group divides them anew. What comes back to this gateway, with nobody between, goes on where
 * it was; all else waits until what is known of its phones has been read. Of the follower's thread, within its calls of Kafka.
 */
final class GroupRebalance implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(GroupRebalance.class);

    private final String reports;
    private final OwnedPartitions partitions;
    private final OwnerOutlet outlet;
    private final ReportIntake intake;
    private final KnowledgeLoader loader;
    private Optional<Consumer<String, byte[]>> member = Optional.empty();
    private List<PartitionProgress> before = List.of();
    private OptionalInt generationBefore = OptionalInt.empty();

    /** @param reports the topic with the reports */
    GroupRebalance(
            String reports,
            OwnedPartitions partitions,
            OwnerOutlet outlet,
            ReportIntake intake,
            KnowledgeLoader loader) {
        this.reports = reports;
        this.partitions = partitions;
        this.outlet = outlet;
        this.intake = intake;
        this.loader = loader;
    }

    /** Partitions are this consumer's from now on. */
    void member(Consumer<String, byte[]> consumer) {
        member = Optional.of(consumer);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> gone) {
        before = partitions.clear();
        generationBefore = member.map(
                        consumer -> OptionalInt.of(consumer.groupMetadata().generationId()))
                .orElse(OptionalInt.empty());
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> gone) {
        losesAll();
        LOG.warn("this gateway was away for too long: others own its phones now");
    }

    /** It owns nothing any more, and what it still had to say is another's. */
    void losesAll() {
        partitions.clear();
        before = List.of();
        outlet.forget();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> mine) {
        member.ifPresent(consumer -> assigned(consumer, mine));
    }

    private void assigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> mine) {
        Map<Integer, PartitionProgress> kept = kept(consumer.groupMetadata().generationId());
        List<TopicPartition> unknown = new ArrayList<>();
        for (TopicPartition at : mine) {
            PartitionProgress old = kept.get(at.partition());
            if (old == null) {
                unknown.add(at);
            } else if (at.topic().equals(reports) && old.next() != PartitionProgress.NONE) {
                consumer.seek(at, old.next());
            }
            if (at.topic().equals(reports)) {
                partitions.add(old == null ? new PartitionProgress(at.partition()) : old);
            }
        }
        consumer.pause(unknown);
        intake.forget();
        loader.wake();
        LOG.info("is to own {} of {} partitions", partitions.all().size(), partitions.count());
    }

    /** What was ready before, if nobody can have owned it meanwhile. */
    private Map<Integer, PartitionProgress> kept(int generation) {
        Map<Integer, PartitionProgress> kept = new HashMap<>();
        boolean nobodyBetween = generationBefore.isPresent() && generation - generationBefore.getAsInt() <= 1;
        if (nobodyBetween) {
            before.stream().filter(PartitionProgress::isReady).forEach(each -> kept.put(each.number(), each));
        }
        before = List.of();
        return kept;
    }
}
