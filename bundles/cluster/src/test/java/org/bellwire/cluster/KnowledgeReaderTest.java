package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.bellwire.api.PhoneId;
import org.junit.jupiter.api.Test;

/** A dead gateway may have left a transaction open, behind which nobody can read. */
class KnowledgeReaderTest {

    private static final TopicPartition PHONES = new TopicPartition("bellwire.phones", 3);
    private static final TopicPartition REPORTS = new TopicPartition("bellwire.reports", 3);
    private static final int LOOKS = 1_000;

    private final ClusterSettings settings = ClusterSettings.of(Map.of("servers", "127.0.0.1:1"));
    private final FakeKafka kafka = new FakeKafka();
    private final MockConsumer<String, byte[]> committed = new MockConsumer<>("earliest");
    private final MockConsumer<String, byte[]> all = new MockConsumer<>("earliest");
    private long now;
    private boolean stopped;
    private final KnowledgeReader reader = new KnowledgeReader(
            settings,
            new KafkaClients(settings, "gateway-1", kafka),
            () -> stopped,
            () -> now += Duration.ofMillis(50).toNanos());

    KnowledgeReaderTest() {
        kafka.serve("read_committed", committed);
        kafka.serve("read_uncommitted", all);
        committed.updateBeginningOffsets(Map.of(PHONES, 0L));
        all.updateEndOffsets(Map.of(PHONES, 2L));
        committed.schedulePollTask(() -> committed.addRecord(kept(0, "lobby")));
    }

    private static ConsumerRecord<String, byte[]> kept(long offset, String phone) {
        return new ConsumerRecord<>(
                PHONES.topic(), PHONES.partition(), offset, phone, "known".getBytes(StandardCharsets.UTF_8));
    }

    /** What the owner before said of itself with the offset that it kept last. */
    private void ownedBy(String transactionalId) {
        committed.assign(List.of(REPORTS));
        committed.commitSync(Map.of(REPORTS, new OffsetAndMetadata(17, transactionalId)));
    }

    /** The second phone can be read once that owner's transaction is ended. */
    private void servesTheRestOnceFenced() {
        for (int i = 0; i < LOOKS; i++) {
            committed.schedulePollTask(() -> {
                if (!kafka.fenced.isEmpty() && committed.position(PHONES) == 1) {
                    committed.addRecord(kept(1, "gate"));
                }
            });
        }
    }

    @Test
    void transaction_that_the_owner_before_left_open_is_ended_once_and_what_is_behind_it_read() throws Exception {
        ownedBy("bellwire-gateway-2");
        servesTheRestOnceFenced();
        assertThat(reader.read(Set.of(3)))
                .isEqualTo(Map.of(new PhoneId("lobby"), "known", new PhoneId("gate"), "known"));
        assertThat(kafka.fenced).containsExactly("bellwire-gateway-2");
    }

    @Test
    void reading_that_goes_on_ends_nobodys_transaction() throws Exception {
        ownedBy("bellwire-gateway-2");
        committed.schedulePollTask(() -> committed.addRecord(kept(1, "gate")));
        assertThat(reader.read(Set.of(3))).hasSize(2);
        assertThat(kafka.fenced).isEmpty();
    }

    @Test
    void own_transactions_are_not_ended() {
        ownedBy("bellwire-gateway-1");
        assertThatThrownBy(() -> reader.read(Set.of(3))).hasMessage("it could not be read in time");
        assertThat(kafka.fenced).isEmpty();
    }

    @Test
    void gateway_that_stops_does_not_read_to_the_end() {
        stopped = true;
        assertThatThrownBy(() -> reader.read(Set.of(3))).hasMessage("it could not be read in time");
        assertThat(committed.closed()).isTrue();
        assertThat(all.closed()).isTrue();
    }

    @Test
    void connections_stay_for_the_next_time() throws Exception {
        committed.schedulePollTask(() -> committed.addRecord(kept(1, "gate")));
        reader.read(Set.of(3));
        assertThat(committed.closed()).isFalse();
        committed.schedulePollTask(() -> {
            committed.addRecord(kept(2, "lobby"));
            committed.addRecord(kept(3, "door"));
        });
        all.updateEndOffsets(Map.of(PHONES, 4L));
        assertThat(reader.read(Set.of(3)))
                .isEqualTo(Map.of(new PhoneId("lobby"), "known", new PhoneId("door"), "known"));
        assertThat(kafka.consumersAsked).isEqualTo(2);
        reader.close();
        assertThat(committed.closed()).isTrue();
        assertThat(all.closed()).isTrue();
    }

    @Test
    void after_a_failure_they_are_made_anew() throws Exception {
        all.setOffsetsException(new KafkaException("no leader"));
        assertThatThrownBy(() -> reader.read(Set.of(3))).hasMessage("no leader");
        MockConsumer<String, byte[]> another = new MockConsumer<>("earliest");
        another.updateBeginningOffsets(Map.of(PHONES, 0L));
        MockConsumer<String, byte[]> anotherEnd = new MockConsumer<>("earliest");
        anotherEnd.updateEndOffsets(Map.of(PHONES, 0L));
        kafka.serve("read_committed", another);
        kafka.serve("read_uncommitted", anotherEnd);
        assertThat(reader.read(Set.of(3))).isEmpty();
    }
}
