package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.PartitionOwner.Knowledge;
import org.bellwire.testkit.CapturedLog;
import org.junit.jupiter.api.Test;

class CheckpointerTest {

    private static final PhoneId LOBBY = new PhoneId("lobby");
    private static final TopicPartition REPORTS = new TopicPartition("bellwire.reports", 3);

    private final ClusterSettings settings = ClusterSettings.of(Map.of("servers", "127.0.0.1:1"));
    private final FakeKafka kafka = new FakeKafka();
    private final KeptOwner owner = new KeptOwner();
    private final OwnedPartitions partitions = new OwnedPartitions(() -> 0);
    private final PartitionProgress progress = new PartitionProgress(3);
    private final Checkpointer checkpointer =
            new Checkpointer(settings, new KafkaClients(settings, "gateway-1", kafka), partitions, owner, () -> 0);

    private void ownsAndTook(long offset) {
        partitions.member(new MockConsumer<String, byte[]>("earliest").groupMetadata());
        progress.becomesReady();
        partitions.add(progress);
        takes(offset);
    }

    private void takes(long offset) {
        progress.takes(LOBBY, offset);
        progress.arrived(LOBBY);
        owner.knowledge.put(LOBBY, new Knowledge("known at " + offset, offset));
    }

    private List<String> texts() {
        return kafka.lastProducer().history().stream()
                .map(each -> each.topic() + "/" + each.partition() + " " + each.key() + ": "
                        + new String(each.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private List<OffsetAndMetadata> offsets() {
        return kafka.lastProducer().consumerGroupOffsetsHistory().stream()
                .map(group -> group.values().iterator().next().get(REPORTS))
                .toList();
    }

    @Test
    void memories_and_offsets_are_one_transaction() {
        ownsAndTook(7);
        checkpointer.keepWhatThereIs();
        assertThat(texts()).containsExactly("bellwire.phones/3 lobby: known at 7");
        assertThat(offsets()).containsExactly(new OffsetAndMetadata(8, "bellwire-gateway-1"));
        assertThat(kafka.lastProducer().commitCount()).isEqualTo(1);
    }

    @Test
    void nothing_is_written_where_nothing_is_new() {
        ownsAndTook(7);
        checkpointer.keepWhatThereIs();
        checkpointer.keepWhatThereIs();
        assertThat(kafka.lastProducer().commitCount()).isEqualTo(1);
    }

    @Test
    void gateway_that_is_no_member_writes_nothing() {
        progress.becomesReady();
        partitions.add(progress);
        takes(7);
        checkpointer.keepWhatThereIs();
        assertThat(kafka.producers).isEmpty();
    }

    @Test
    void partition_that_is_revoked_is_kept_no_more() {
        ownsAndTook(7);
        partitions.clear();
        checkpointer.keepWhatThereIs();
        assertThat(kafka.producers).isEmpty();
    }

    @Test
    void partition_whose_knowledge_is_not_loaded_is_not_kept() {
        partitions.member(new MockConsumer<String, byte[]>("earliest").groupMetadata());
        partitions.add(progress);
        takes(7);
        checkpointer.keepWhatThereIs();
        assertThat(kafka.producers).isEmpty();
    }

    @Test
    void fenced_gateway_keeps_nothing_and_begins_anew() {
        ownsAndTook(7);
        checkpointer.keepWhatThereIs();
        MockProducer<String, byte[]> fenced = kafka.lastProducer();
        fenced.fenceProducer();
        takes(8);
        checkpointer.keepWhatThereIs();
        assertThat(fenced.commitCount()).isEqualTo(1);
        checkpointer.keepWhatThereIs();
        assertThat(kafka.producers).hasSize(2);
        assertThat(texts()).as("not lost by the round before").containsExactly("bellwire.phones/3 lobby: known at 8");
        assertThat(offsets()).containsExactly(new OffsetAndMetadata(9, "bellwire-gateway-1"));
    }

    @Test
    void transaction_that_fails_leaves_neither_memories_nor_offsets() {
        ownsAndTook(7);
        checkpointer.keepWhatThereIs();
        MockProducer<String, byte[]> failing = kafka.lastProducer();
        failing.commitTransactionException = new KafkaException("too late");
        takes(8);
        checkpointer.keepWhatThereIs();
        assertThat(failing.transactionAborted()).isTrue();
        assertThat(failing.history()).hasSize(1);
        assertThat(failing.closed()).isTrue();
    }

    @Test
    void fault_of_kafka_is_said_once_and_tried_again() {
        ownsAndTook(7);
        kafka.refusal = Optional.of(new KafkaException("no node answers"));
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 5; i++) {
                checkpointer.keepWhatThereIs();
            }
            assertThat(log.with("is kept in Kafka a little later: no node answers"))
                    .hasSize(1);
        }
        assertThat(kafka.producers).hasSize(5).allMatch(MockProducer::closed);
        kafka.refusal = Optional.empty();
        checkpointer.keepWhatThereIs();
        assertThat(texts()).containsExactly("bellwire.phones/3 lobby: known at 7");
    }
}
