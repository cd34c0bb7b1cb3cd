package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.bellwire.api.Message;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Result;
import org.bellwire.api.Topic;
import org.bellwire.api.Variables;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.Report;
import org.bellwire.api.port.TriggerOrder;
import org.bellwire.api.port.TriggerOwner;
import org.bellwire.api.port.Triggers;
import org.bellwire.cluster.LogRecords.HeardCommand;
import org.bellwire.cluster.LogRecords.HeardTrigger;
import org.bellwire.cluster.LogRecords.Sender;
import org.bellwire.testkit.CapturedLog;
import org.bellwire.testkit.FakeBus;
import org.junit.jupiter.api.Test;

class FollowerTest {

    private static final TopicPartition REPORTS = new TopicPartition("bellwire.reports", 3);
    private static final TopicPartition COMMANDS = new TopicPartition("bellwire.commands", 3);
    private static final TopicPartition PHONES = new TopicPartition("bellwire.phones", 3);
    private static final PhoneId LOBBY = new PhoneId("lobby");

    private final ClusterSettings settings = ClusterSettings.of(Map.of("servers", "127.0.0.1:1"));
    private final FakeKafka kafka = new FakeKafka();
    private final KafkaClients clients = new KafkaClients(settings, "gateway-1", kafka);
    private final KeptOwner owner = new KeptOwner();
    private final FakeBus bus = new FakeBus();
    private final OwnedPartitions partitions = new OwnedPartitions(() -> 0);
    private final List<String> commands = new ArrayList<>();
    private final List<Message> answered = new ArrayList<>();
    private final List<TriggerOrder> fired = new ArrayList<>();
    private Optional<TriggerOwner> triggers = Optional.empty();
    private long now;
    private final KnowledgeLoader loader = new KnowledgeLoader(
            settings,
            clients,
            partitions,
            owner,
            new GroupGateways("gateway-1", List::of, partitions, () -> 0),
            () -> now);
    private final Follower follower = new Follower(
            settings,
            clients,
            partitions,
            owner,
            new CommandClaims(this::carryOut, () -> triggers, answered::add, Clock.systemUTC(), () -> now),
            bus,
            new OwnerOutlet(bus, Duration.ofSeconds(30), Clock.systemUTC(), () -> now),
            loader,
            Clock.systemUTC(),
            () -> now);
    private final GroupConsumer consumer = new GroupConsumer();
    private final MockConsumer<String, byte[]> known = new MockConsumer<>("earliest");
    private final MockConsumer<String, byte[]> ends = new MockConsumer<>("earliest");
    private long kept;

    /** One whose group refuses what it wants to note, if that is wished. */
    private static final class GroupConsumer extends MockConsumer<String, byte[]> {
        private boolean fenced;

        GroupConsumer() {
            super("earliest");
            updateBeginningOffsets(Map.of(REPORTS, 0L, COMMANDS, 0L));
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            if (fenced) {
                callback.onComplete(offsets, new RebalanceInProgressException("others own it"));
            } else {
                super.commitAsync(offsets, callback);
            }
        }
    }

    FollowerTest() {
        partitions.count(24);
        bus.connect();
    }

    private CompletionStage<Result> carryOut(CommandOrder order) {
        commands.add(order.command());
        return order.origin() instanceof Origin.Remote
                ? CompletableFuture.completedStage(SampleResults.accepted(order))
                : new CompletableFuture<>();
    }

    private void joins() throws InterruptedException {
        follower.begin(consumer);
        follower.round(consumer);
        consumer.rebalance(List.of(REPORTS, COMMANDS));
    }

    private void loads(String text) throws InterruptedException {
        if (kept == 0) {
            known.updateBeginningOffsets(Map.of(PHONES, 0L));
            kafka.serve("read_committed", known);
            kafka.serve("read_uncommitted", ends);
        }
        long offset = kept++;
        known.schedulePollTask(() -> known.addRecord(
                new ConsumerRecord<>(PHONES.topic(), 3, offset, "lobby", text.getBytes(StandardCharsets.UTF_8))));
        ends.updateEndOffsets(Map.of(PHONES, kept));
        loader.loadWhatIsNew();
    }

    private void reported(long offset, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(REPORTS.topic(), 3, offset, "lobby", value));
    }

    private void reported(long offset, String event) {
        Variables none = new Variables.Builder().build();
        reported(offset, LogRecords.of(new Report(LOBBY, "acme", event, none, Instant.EPOCH, "01J")));
    }

    private void reportedTo(String gateway, long offset, String event, long millis) {
        consumer.addRecord(recordOf(gateway, offset, event, millis));
    }

    private void reportedByDiskTo(String gateway, long offset, String event, long millis) {
        ConsumerRecord<String, byte[]> record = recordOf(gateway, offset, event, millis);
        record.headers().add(ReportProducer.DELAYED, new byte[0]);
        consumer.addRecord(record);
    }

    private static ConsumerRecord<String, byte[]> recordOf(String gateway, long offset, String event, long millis) {
        Variables none = new Variables.Builder().build();
        Report report = new Report(LOBBY, "acme", event, none, Instant.ofEpochMilli(millis), "01J" + offset);
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(REPORTS.topic(), 3, offset, "lobby", LogRecords.of(report));
        record.headers().add(ReportProducer.GATEWAY, gateway.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private void commandedBy(String gateway, String number, long offset, String command) {
        CommandOrder order = new CommandOrder("lobby", command, "", Origin.Shell.SHELL);
        Sender sender = new Sender(gateway, number);
        byte[] value = LogRecords.of(new HeardCommand(order, Instant.now(), Optional.of(sender)));
        consumer.addRecord(new ConsumerRecord<>(COMMANDS.topic(), 3, offset, "lobby", value));
    }

    private void commanded(long offset, String command) {
        Origin origin = new Origin.Topic(Topic.of("lobby", "command", command));
        byte[] value = LogRecords.of(new HeardCommand(new CommandOrder("lobby", command, "", origin), Instant.now()));
        consumer.addRecord(new ConsumerRecord<>(COMMANDS.topic(), 3, offset, "lobby", value));
    }

    @Test
    void reports_and_commands_wait_until_what_is_known_is_loaded() throws InterruptedException {
        joins();
        reported(0, "Ring");
        commanded(0, "dial");
        follower.round(consumer);
        assertThat(owner.taken).isEmpty();
        assertThat(commands).isEmpty();
        loads("known");
        follower.round(consumer);
        assertThat(owner.begun).isEqualTo(Map.of(LOBBY, "known"));
        assertThat(owner.taken).containsExactly("Ring");
        assertThat(commands).containsExactly("dial");
        assertThat(owner.republished)
                .as("what is retained is said for the phones that came")
                .isEqualTo(1);
    }

    /** Kafka kept gateway-2 waiting, which answered from its disk; the phone reported next to gateway-3. */
    @Test
    void report_that_another_gateways_later_one_overtook_counts_as_delayed() throws InterruptedException {
        joins();
        loads("known");
        reportedTo("gateway-2", 0, "Ring", 1_000);
        reportedTo("gateway-3", 1, "Hangup", 1_600);
        reportedTo("gateway-2", 2, "Answer", 1_300);
        reportedTo("gateway-2", 3, "Hold", 1_350);
        reportedTo("gateway-3", 4, "Ring again", 2_000);
        follower.round(consumer);
        follower.round(consumer);
        assertThat(owner.taken).containsExactly("Ring", "Hangup", "Answer", "Hold", "Ring again");
        assertThat(owner.delayed).containsExactly("Answer", "Hold");
    }

    /** It stood in the log when this gateway did not own the phone yet, or before the group divided its partitions anew. */
    @Test
    void report_behind_one_that_is_known_already_counts_as_delayed() throws InterruptedException {
        joins();
        owner.lastReports.put(LOBBY, Instant.ofEpochMilli(1_600));
        loads("known");
        reportedTo("gateway-2", 0, "Answer", 1_300);
        reportedTo("gateway-2", 1, "Hold", 1_350);
        reportedTo("gateway-2", 2, "Hangup", 1_700);
        reportedTo("gateway-2", 3, "Clock set back", 1_000);
        follower.round(consumer);
        follower.round(consumer);
        assertThat(owner.taken).containsExactly("Answer", "Hold", "Hangup", "Clock set back");
        assertThat(owner.delayed).containsExactly("Answer", "Hold");
    }

    @Test
    void report_behind_one_that_came_by_a_disk_counts_as_delayed() throws InterruptedException {
        joins();
        loads("known");
        reportedByDiskTo("gateway-3", 0, "Hangup", 1_600);
        reportedByDiskTo("gateway-3", 1, "Ring", 900);
        reportedTo("gateway-2", 2, "Answer", 1_300);
        follower.round(consumer);
        follower.round(consumer);
        assertThat(owner.delayed).containsExactly("Hangup", "Ring", "Answer");
    }

    /** Kafka is not waited for as long. */
    @Test
    void clock_that_is_far_behind_another_gateways_delays_no_report() throws InterruptedException {
        joins();
        loads("known");
        reportedTo("gateway-2", 0, "Ring", 90_000);
        reportedTo("gateway-3", 1, "Answer", 50_000);
        follower.round(consumer);
        follower.round(consumer);
        assertThat(owner.taken).hasSize(2);
        assertThat(owner.delayed).isEmpty();
    }

    @Test
    void clock_that_is_set_back_or_differs_a_little_delays_no_report() throws InterruptedException {
        joins();
        loads("known");
        reportedTo("gateway-2", 0, "Ring", 9_000);
        reportedTo("gateway-2", 1, "Answer", 1_000);
        reportedTo("gateway-3", 2, "Hold", 900);
        reportedTo("gateway-2", 3, "Hangup", 1_100);
        follower.round(consumer);
        follower.round(consumer);
        assertThat(owner.taken).hasSize(4);
        assertThat(owner.delayed).isEmpty();
    }

    @Test
    void revoked_partition_is_dropped_at_once() throws InterruptedException {
        joins();
        loads("known");
        follower.round(consumer);
        follower.rebalance().onPartitionsRevoked(List.of(REPORTS, COMMANDS));
        assertThat(partitions.all()).isEmpty();
        assertThat(partitions.of(LOBBY)).isEmpty();
    }

    @Test
    void partition_that_comes_back_at_once_goes_on_without_loading_and_without_taking_twice()
            throws InterruptedException {
        joins();
        loads("known");
        reported(0, "Ring");
        follower.round(consumer);
        follower.rebalance().onPartitionsRevoked(List.of(REPORTS, COMMANDS));
        follower.rebalance().onPartitionsAssigned(List.of(REPORTS, COMMANDS));
        assertThat(consumer.position(REPORTS)).isEqualTo(1);
        reported(1, "Answer");
        follower.round(consumer);
        assertThat(owner.taken).containsExactly("Ring", "Answer");
        assertThat(owner.begins).as("what is known is read").isEqualTo(1);
    }

    @Test
    void lost_partition_is_loaded_anew_when_it_comes_back() throws InterruptedException {
        joins();
        loads("known");
        follower.round(consumer);
        follower.rebalance().onPartitionsLost(List.of(REPORTS, COMMANDS));
        assertThat(partitions.all()).isEmpty();
        follower.rebalance().onPartitionsAssigned(List.of(REPORTS, COMMANDS));
        reported(0, "Ring");
        follower.round(consumer);
        assertThat(owner.taken).isEmpty();
        loads("known by another");
        follower.round(consumer);
        assertThat(owner.begun).isEqualTo(Map.of(LOBBY, "known by another"));
        assertThat(owner.taken).containsExactly("Ring");
    }

    @Test
    void fenced_gateway_carries_no_command_out() throws InterruptedException {
        joins();
        loads("known");
        consumer.fenced = true;
        commanded(0, "dial");
        follower.round(consumer);
        assertThat(commands).isEmpty();
    }

    @Test
    void gateway_that_sent_a_command_is_told_what_came_of_it() throws InterruptedException {
        joins();
        loads("known");
        commandedBy("gateway-2", "7", 0, "dial");
        commanded(1, "end");
        follower.round(consumer);
        assertThat(commands).containsExactly("dial", "end");
        assertThat(answered).singleElement().satisfies(told -> {
            assertThat(told.topic().path()).isEqualTo("bridge/gateway/gateway-2/result");
            assertThat(told.payload()).contains("\"number\":\"7\"", "\"status\":\"accepted\"");
        });
    }

    private void asksForTrigger(long offset) {
        TriggerOrder order = new TriggerOrder("door", false, "{\"kind\":\"shell\"}");
        byte[] value = new HeardTrigger(order, Instant.now(), Optional.of(new Sender("gateway-2", "8"))).bytes();
        consumer.addRecord(new ConsumerRecord<>(COMMANDS.topic(), 3, offset, "door", value));
    }

    @Test
    void gateway_that_fired_a_trigger_is_told_what_came_of_it() throws InterruptedException {
        joins();
        loads("known");
        triggers = Optional.of(new TriggerOwner() {
            @Override
            public Bus.Subscription listen(java.util.function.Consumer<TriggerOrder> log) {
                throw new AssertionError("the log of commands listens");
            }

            @Override
            public CompletionStage<Triggers.Outcome> carryOut(TriggerOrder order, Duration age) {
                fired.add(order);
                return CompletableFuture.completedStage(
                        new Triggers.Outcome("answered", Optional.of("by 10"), List.of("hall dial 10")));
            }
        });
        asksForTrigger(0);
        commanded(1, "end");
        follower.round(consumer);
        assertThat(fired).containsExactly(new TriggerOrder("door", false, "{\"kind\":\"shell\"}"));
        assertThat(commands).containsExactly("end");
        assertThat(answered).singleElement().satisfies(told -> {
            assertThat(told.topic()).isEqualTo(RemoteOutcome.topic("gateway-2"));
            assertThat(RemoteOutcome.read(told.payload()))
                    .contains(new RemoteOutcome(
                            "8", new Triggers.Outcome("answered", Optional.of("by 10"), List.of("hall dial 10"))));
        });
    }

    @Test
    void gateway_without_triggers_says_so() throws InterruptedException {
        joins();
        loads("known");
        asksForTrigger(0);
        follower.round(consumer);
        assertThat(answered)
                .singleElement()
                .satisfies(told -> assertThat(told.payload()).contains("\"failed\"", "no triggers"));
    }

    @Test
    void fenced_gateway_fires_no_trigger() throws InterruptedException {
        joins();
        loads("known");
        consumer.fenced = true;
        asksForTrigger(0);
        follower.round(consumer);
        assertThat(answered).isEmpty();
    }

    @Test
    void record_that_cannot_be_read_concerns_itself_only() throws InterruptedException {
        joins();
        loads("known");
        reported(0, "Ring");
        reported(1, new byte[] {'{', 0});
        reported(2, "Fault");
        reported(3, "Answer");
        follower.round(consumer);
        assertThat(owner.taken).containsExactly("Ring", "Answer");
        assertThat(partitions.find(3).orElseThrow().next()).isEqualTo(4);
    }

    @Test
    void gateway_that_slept_takes_nothing_of_what_it_had_fetched_before_it_asked() throws InterruptedException {
        joins();
        loads("known");
        follower.round(consumer);
        reported(0, "Ring");
        now += TimeUnit.SECONDS.toNanos(4);
        follower.round(consumer);
        assertThat(owner.taken).isEmpty();
        assertThat(partitions.isDoubtful()).isTrue();
        assertThat(consumer.position(REPORTS)).isZero();
    }

    @Test
    void gateway_without_a_broker_leaves_its_phones_to_others() throws InterruptedException {
        joins();
        loads("known");
        follower.round(consumer);
        bus.disconnect();
        for (int i = 0; i < 11; i++) {
            now += TimeUnit.SECONDS.toNanos(1);
            follower.round(consumer);
        }
        assertThat(consumer.subscription()).isEmpty();
        assertThat(partitions.all()).isEmpty();
    }

    @Test
    void fault_of_kafka_is_said_once_and_tried_again() throws InterruptedException {
        try (CapturedLog log = new CapturedLog()) {
            follower.membershipWhateverHappens();
            follower.membershipWhateverHappens();
            assertThat(log.with("cannot be followed and is tried again: no node answers"))
                    .hasSize(1);
        }
        assertThat(kafka.consumersAsked).isEqualTo(2);
        assertThat(partitions.all()).isEmpty();
    }
}
