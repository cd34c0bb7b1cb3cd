package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.bellwire.api.Message;
import org.bellwire.api.port.Bus.Undelivered;
import org.bellwire.api.port.TriggerOrder;
import org.bellwire.api.port.Triggers.Outcome;
import org.bellwire.cluster.LogRecords.HeardTrigger;
import org.bellwire.cluster.LogRecords.Sender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TriggerRelayTest {

    private static final TriggerOrder BELL = new TriggerOrder("door", false, "{\"kind\":\"shell\"}");
    private static final TriggerOrder END = new TriggerOrder("door", true, "{\"kind\":\"shell\"}");
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Outcome ANSWERED = new Outcome("answered", Optional.of("by 10"), List.of("hall dial 10"));

    private final FakeKafka kafka = new FakeKafka();
    private final ClusterSettings settings = ClusterSettings.of(Map.of("servers", "127.0.0.1:1"));
    private final OwnedPartitions partitions = new OwnedPartitions(() -> 0);
    private final LogSender log = new LogSender(settings, new KafkaClients(settings, "test", kafka), partitions);

    private TriggerRelay relay(Duration patience) {
        return new TriggerRelay(log, "gateway-1", patience, Clock.fixed(NOW, ZoneOffset.UTC), () -> 0);
    }

    private TriggerRelay relay() {
        partitions.count(24);
        return relay(Duration.ofMinutes(10));
    }

    @AfterEach
    void stop() throws InterruptedException {
        log.stop();
    }

    private HeardTrigger written(int count) {
        await().until(() ->
                !kafka.producers.isEmpty() && kafka.lastProducer().history().size() == count);
        ProducerRecord<String, byte[]> record = kafka.lastProducer().history().get(count - 1);
        assertThat(record.topic()).isEqualTo("bellwire.commands");
        assertThat(record.partition()).as("that of its id").isEqualTo(Partitions.of("door", 24));
        assertThat(LogRecords.command(record.value()))
                .as("read by a gateway that knows no triggers")
                .isEmpty();
        return LogRecords.trigger(record.value()).orElseThrow();
    }

    private static void assertFails(CompletableFuture<Outcome> outcome, String... words) {
        assertThat(outcome)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Undelivered.class)
                .havingCause()
                .satisfies(cause -> assertThat(cause.getMessage()).contains(words));
    }

    @Test
    void what_fires_stands_in_the_log_as_it_was_asked_for() {
        TriggerRelay relay = relay();
        assertThat(relay.send(BELL)).isTrue();
        assertThat(written(1)).isEqualTo(new HeardTrigger(BELL, NOW, Optional.empty()));
        assertThat(relay.send(END)).isTrue();
        assertThat(written(2).order()).isEqualTo(END);
    }

    @Test
    void whoever_asked_is_told_what_came_of_his_own() {
        TriggerRelay relay = relay();
        CompletableFuture<Outcome> outcome = relay.ask(BELL).toCompletableFuture();
        Sender sender = written(1).sender().orElseThrow();
        assertThat(sender.gateway()).isEqualTo("gateway-1");
        relay.arrived(RemoteOutcome.topic("gateway-1"), "no json");
        Message another = new RemoteOutcome("another", ANSWERED).to(sender);
        relay.arrived(another.topic(), another.payload());
        assertThat(outcome).isNotDone();
        Message own = new RemoteOutcome(sender.number(), ANSWERED).to(sender);
        assertThat(own.topic().path()).isEqualTo(relay.filter());
        relay.arrived(own.topic(), own.payload());
        assertThat(outcome).isCompletedWithValue(ANSWERED);
    }

    @Test
    void without_kafka_nothing_is_sent() {
        TriggerRelay relay = relay(Duration.ofMinutes(10));
        assertThat(relay.send(BELL)).isFalse();
        assertFails(relay.ask(BELL).toCompletableFuture(), "not found Kafka", "try again");
        assertThat(kafka.producers).isEmpty();
    }

    @Test
    void what_kafka_does_not_confirm_may_be_carried_out_or_not() {
        TriggerRelay relay = relay();
        relay.send(BELL);
        written(1);
        kafka.lastProducer().sendException = new KafkaException("no leader");
        assertFails(relay.ask(BELL).toCompletableFuture(), "may be carried out or not", "no leader");
    }

    @Test
    void outcome_that_does_not_come_is_told_as_unknown() {
        partitions.count(24);
        assertFails(relay(Duration.ofMillis(1)).ask(BELL).toCompletableFuture(), "no outcome", "bridge/trigger/door");
    }

    @Test
    void only_so_many_are_awaited() {
        TriggerRelay relay = relay();
        for (int i = 0; i < TriggerRelay.MAX; i++) {
            relay.ask(BELL);
        }
        assertFails(relay.ask(BELL).toCompletableFuture(), "busy");
    }

    @Test
    void whoever_waits_when_the_gateway_ends_is_told() {
        TriggerRelay relay = relay();
        CompletableFuture<Outcome> outcome = relay.ask(BELL).toCompletableFuture();
        relay.stop();
        assertFails(outcome, "ended");
    }
}
