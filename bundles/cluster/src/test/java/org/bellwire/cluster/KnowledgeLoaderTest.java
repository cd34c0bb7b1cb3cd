package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.bellwire.api.PhoneId;
import org.bellwire.testkit.CapturedLog;
import org.junit.jupiter.api.Test;

/** With the reader, which it alone uses. */
class KnowledgeLoaderTest {

    private static final TopicPartition PHONES = new TopicPartition("bellwire.phones", 3);

    private final ClusterSettings settings = ClusterSettings.of(Map.of("servers", "127.0.0.1:1"));
    private final FakeKafka kafka = new FakeKafka();
    private final KeptOwner owner = new KeptOwner();
    private final OwnedPartitions partitions = new OwnedPartitions(() -> 0);
    private final PartitionProgress progress = new PartitionProgress(3);
    private long now;
    private final KnowledgeLoader loader = new KnowledgeLoader(
            settings,
            new KafkaClients(settings, "gateway-1", kafka),
            partitions,
            owner,
            new GroupGateways("gateway-1", List::of, partitions, () -> 0),
            () -> now);

    KnowledgeLoaderTest() {
        partitions.count(24);
        partitions.add(progress);
    }

    private record Kept(Optional<String> key, Optional<String> text) {
        ConsumerRecord<String, byte[]> at(long offset) {
            byte[] value =
                    text.map(known -> known.getBytes(StandardCharsets.UTF_8)).orElse(null);
            return new ConsumerRecord<>(PHONES.topic(), PHONES.partition(), offset, key.orElse(null), value);
        }
    }

    private static Kept kept(String phone, String text) {
        return new Kept(Optional.of(phone), Optional.of(text));
    }

    private void serve(List<Kept> there) {
        serve(there, there.size());
    }

    private void serve(List<Kept> there, long end) {
        MockConsumer<String, byte[]> committed = new MockConsumer<>("earliest");
        committed.updateBeginningOffsets(Map.of(PHONES, 0L));
        committed.schedulePollTask(() -> {
            for (int i = 0; i < there.size(); i++) {
                committed.addRecord(there.get(i).at(i));
            }
        });
        MockConsumer<String, byte[]> all = new MockConsumer<>("earliest");
        all.updateEndOffsets(Map.of(PHONES, end));
        kafka.serve("read_committed", committed);
        kafka.serve("read_uncommitted", all);
    }

    @Test
    void what_is_known_of_the_phones_is_there_before_the_partition_is_ready() throws InterruptedException {
        serve(List.of(kept("lobby", "old"), kept("gate", "rings"), kept("lobby", "new")));
        assertThat(loader.ready()).isEmpty();
        loader.loadWhatIsNew();
        assertThat(owner.begun).isEqualTo(Map.of(new PhoneId("lobby"), "new", new PhoneId("gate"), "rings"));
        assertThat(progress.isReady()).isTrue();
        assertThat(loader.ready()).containsExactly(progress);
        assertThat(loader.ready()).as("told once").isEmpty();
    }

    @Test
    void partition_of_which_nothing_is_kept_is_ready_at_once() throws InterruptedException {
        serve(List.of());
        loader.loadWhatIsNew();
        assertThat(loader.ready()).containsExactly(progress);
    }

    @Test
    void what_cannot_be_read_concerns_itself_only() throws InterruptedException {
        serve(List.of(
                kept("../etc", "hostile"),
                new Kept(Optional.empty(), Optional.of("whose")),
                new Kept(Optional.of("gate"), Optional.empty()),
                kept("lobby", "known")));
        loader.loadWhatIsNew();
        assertThat(owner.begun).isEqualTo(Map.of(new PhoneId("lobby"), "known"));
    }

    @Test
    void kafka_is_not_asked_where_all_is_known() throws InterruptedException {
        progress.becomesReady();
        loader.loadWhatIsNew();
        assertThat(kafka.consumersAsked).isZero();
    }

    @Test
    void fault_of_kafka_is_said_once_and_the_partition_waits_for_the_next_try() throws InterruptedException {
        try (CapturedLog log = new CapturedLog()) {
            loader.loadWhatIsNew();
            loader.loadWhatIsNew();
            assertThat(log.with("could not be read from Kafka and is tried again: no node answers"))
                    .hasSize(1);
        }
        assertThat(progress.isReady()).isFalse();
        assertThat(owner.begun).isEmpty();
        serve(List.of(kept("lobby", "known")));
        loader.loadWhatIsNew();
        assertThat(loader.ready()).containsExactly(progress);
    }

    @Test
    void reading_that_does_not_come_to_an_end_is_given_up() throws InterruptedException {
        serve(List.of(kept("lobby", "known")), 1_000);
        stepForEachLook();
        assertThat(progress.isReady()).isFalse();
        assertThat(owner.begun).isEmpty();
    }

    /** Ten seconds go by at each look at the clock. */
    private void stepForEachLook() throws InterruptedException {
        KnowledgeLoader hasty = new KnowledgeLoader(
                settings,
                new KafkaClients(settings, "gateway-1", kafka),
                partitions,
                owner,
                loader.gateways(),
                () -> now += 10_000_000_000L);
        hasty.loadWhatIsNew();
    }
}
