package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.EventOutlet;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.PartitionOwner;
import org.bellwire.api.port.Report;
import org.bellwire.api.port.TriggerOrder;
import org.junit.jupiter.api.Test;

class CommandLogTest {

    private static final PartitionOwner NOBODY = new PartitionOwner() {
        @Override
        public boolean isComplete() {
            return true;
        }

        @Override
        public boolean knows(Report report) {
            return false;
        }

        @Override
        public CompletionStage<Void> take(Report report, Position position, EventOutlet outlet) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public Optional<Instant> lastReport(PhoneId phone) {
            return Optional.empty();
        }

        @Override
        public Optional<Knowledge> knowledge(PhoneId phone) {
            return Optional.empty();
        }

        @Override
        public void begin(Predicate<PhoneId> owned, Map<PhoneId, String> known) {}

        @Override
        public void republish() {}

        @Override
        public Bus.Subscription listen(Consumer<CommandOrder> log) {
            return () -> {};
        }
    };

    private final List<String> warnings = new ArrayList<>();

    private CommandLog log() {
        ClusterSettings settings = ClusterSettings.of(Map.of("servers", "127.0.0.1:1"));
        return new CommandLog(
                settings,
                new KafkaClients(settings, "test"),
                new OwnedPartitions(System::nanoTime),
                NOBODY,
                Optional::empty,
                new LimitLog(warnings::add, () -> Counters.NONE, 600, System::nanoTime),
                Clock.systemUTC(),
                System::nanoTime);
    }

    private static CommandOrder text(String payload) {
        return new CommandOrder("lobby", "text", payload, new Origin.Topic(Topic.of("lobby", "command", "text")));
    }

    @Test
    void thousand_short_commands_wait_and_no_more() {
        CommandLog log = log();
        for (int i = 0; i < 1_000; i++) {
            log.hear(text("x"));
        }
        assertThat(warnings).isEmpty();
        log.hear(text("x"));
        assertThat(warnings).singleElement().asString().contains("1000 commands");
    }

    @Test
    void long_commands_are_bounded_by_their_size() {
        CommandLog log = log();
        String payload = "x".repeat(100_000);
        for (int i = 0; i < 5; i++) {
            log.hear(text(payload));
        }
        assertThat(warnings).isEmpty();
        log.hear(text(payload));
        assertThat(warnings).singleElement().asString().contains("1 MiB");
    }

    @Test
    void what_fires_triggers_counts_with_the_commands() {
        CommandLog log = log();
        for (int i = 0; i < 1_000; i++) {
            log.hear(new TriggerOrder("door", false, "{}"));
        }
        assertThat(warnings).isEmpty();
        log.hear(text("x"));
        assertThat(warnings).hasSize(1);
    }
}
