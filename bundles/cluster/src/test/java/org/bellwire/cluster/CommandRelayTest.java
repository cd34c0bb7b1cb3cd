package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.bellwire.api.Message;
import org.bellwire.api.Result;
import org.bellwire.api.port.Bus.Undelivered;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Origin;
import org.bellwire.cluster.LogRecords.HeardCommand;
import org.bellwire.cluster.LogRecords.Sender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandRelayTest {

    private static final CommandOrder DIAL = new CommandOrder("lobby", "dial", "42", new Origin.Page("192.0.2.7"));
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private final FakeKafka kafka = new FakeKafka();
    private final OwnedPartitions partitions = new OwnedPartitions(() -> 0);
    private Optional<LogSender> made = Optional.empty();

    private CommandRelay relay(Duration patience) {
        ClusterSettings settings = ClusterSettings.of(Map.of("servers", "127.0.0.1:1"));
        LogSender log = new LogSender(settings, new KafkaClients(settings, "test", kafka), partitions);
        CommandRelay relay = new CommandRelay(log, "gateway-1", patience, Clock.fixed(NOW, ZoneOffset.UTC));
        made = Optional.of(log);
        return relay;
    }

    private CommandRelay relay() {
        partitions.count(24);
        return relay(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (made.isPresent()) {
            made.get().stop();
        }
    }

    private HeardCommand written() {
        await().until(() ->
                !kafka.producers.isEmpty() && !kafka.lastProducer().history().isEmpty());
        ProducerRecord<String, byte[]> record = kafka.lastProducer().history().get(0);
        assertThat(record.topic()).isEqualTo("bellwire.commands");
        assertThat(record.partition()).isEqualTo(Partitions.of("lobby", 24));
        return LogRecords.command(record.value()).orElseThrow();
    }

    private static void arrives(CommandRelay relay, String number, Result result) {
        Message told = new RemoteResult(number, result).to(new Sender("gateway-1", number));
        assertThat(told.topic().path()).isEqualTo(relay.filter());
        relay.arrived(told.topic(), told.payload());
    }

    private static void assertFails(CompletionStage<Result> result, String... words) {
        assertThat(result.toCompletableFuture())
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Undelivered.class)
                .satisfies(failure -> assertThat(failure).hasMessageContainingAll(words));
    }

    @Test
    void command_stands_in_the_log_with_who_sent_it_and_its_result_comes_back() {
        CommandRelay relay = relay();
        CompletableFuture<Result> result = relay.send(DIAL).toCompletableFuture();
        HeardCommand command = written();
        assertThat(command.heard()).isEqualTo(NOW);
        assertThat(command.order())
                .isEqualTo(new CommandOrder(
                        "lobby",
                        "dial",
                        "42",
                        new Origin.Remote("console (192.0.2.7) at gateway-1", Optional.empty())));
        Sender sender = command.sender().orElseThrow();
        assertThat(sender.gateway()).isEqualTo("gateway-1");
        Result accepted = SampleResults.accepted(DIAL);
        arrives(relay, "another", accepted);
        assertThat(result).isNotDone();
        arrives(relay, sender.number(), accepted);
        assertThat(result).isCompletedWithValue(accepted);
    }

    @Test
    void sender_below_a_root_stays_below_it() {
        CommandRelay relay = relay();
        relay.send(new CommandOrder("lobby", "dial", "42", new Origin.Trigger("alarm", "acme")));
        assertThat(written().order().origin())
                .isEqualTo(new Origin.Remote("trigger alarm at gateway-1", Optional.of("acme")));
    }

    @Test
    void result_that_does_not_come_is_told_as_unknown() {
        partitions.count(24);
        CompletableFuture<Result> result =
                relay(Duration.ofMillis(1)).send(DIAL).toCompletableFuture();
        assertFails(result, "no result", "lobby/result/dial");
    }

    @Test
    void without_kafka_it_is_not_sent() {
        CompletableFuture<Result> result =
                relay(Duration.ofSeconds(20)).send(DIAL).toCompletableFuture();
        assertFails(result, "not found Kafka", "try again");
        assertThat(kafka.producers).isEmpty();
    }

    @Test
    void what_kafka_does_not_confirm_may_be_carried_out_or_not() {
        CommandRelay relay = relay();
        relay.send(DIAL);
        written();
        kafka.lastProducer().sendException = new KafkaException("no leader");
        assertFails(relay.send(DIAL), "may be carried out or not", "no leader");
    }

    @Test
    void only_so_many_are_under_way() {
        CommandRelay relay = relay();
        for (int i = 0; i < CommandRelay.MAX; i++) {
            relay.send(DIAL);
        }
        assertFails(relay.send(DIAL), "busy");
    }

    @Test
    void whoever_waits_when_the_gateway_ends_is_told() {
        CommandRelay relay = relay();
        CompletableFuture<Result> result = relay.send(DIAL).toCompletableFuture();
        written();
        relay.stop();
        assertFails(result, "ended");
    }
}
