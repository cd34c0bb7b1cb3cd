package org.bellwire.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.Message;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Status;
import org.bellwire.api.port.Gateways;
import org.bellwire.api.port.Refusal;
import org.bellwire.testkit.FakeBus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTopicTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final FakeBus bus = BusFigures.bus();
    private final Metrics metrics = new Metrics();
    private final Clockwork clockwork = new Clockwork();
    private final HealthTopic topic =
            new HealthTopic(bus, metrics, clockwork, () -> NOW, Optional.of(Path.of("no folder")));

    /** Remembers what is to be repeated, and does that when the test says so. */
    private static final class Clockwork extends ScheduledThreadPoolExecutor {
        private final List<Runnable> repeated = new ArrayList<>();
        private long everySeconds;

        Clockwork() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long delay, long period, TimeUnit unit) {
            repeated.add(work);
            everySeconds = unit.toSeconds(period);
            return schedule(() -> {}, 0, unit);
        }
    }

    @BeforeEach
    void open() {
        topic.open();
    }

    @AfterEach
    void leave() {
        topic.stop();
    }

    private Message told(int count) {
        await().until(() -> bus.messages().size() == count);
        return bus.messages().get(count - 1);
    }

    @Test
    void health_is_told_retained_after_each_connect_and_each_minute() {
        assertThat(told(1).topic()).isEqualTo(HealthTopic.TOPIC);
        assertThat(told(1).retained()).isTrue();
        bus.is(BusFigures.AWAY);
        clockwork.repeated.forEach(Runnable::run);
        assertThat(bus.messages()).as("nobody could hear it").hasSize(1);
        bus.is(BusFigures.WELL);
        told(2);
        clockwork.repeated.forEach(Runnable::run);
        told(3);
        assertThat(clockwork.everySeconds).isEqualTo(60);
    }

    @Test
    void report_says_what_the_contract_promises() {
        told(1);
        metrics.answered(200);
        metrics.answered(404);
        metrics.answered(404);
        metrics.answered(202);
        metrics.refused(Refusal.NETWORK);
        metrics.refused(Refusal.TOKEN);
        metrics.resulted(Status.CONFIRMED);
        clockwork.repeated.forEach(Runnable::run);
        JsonObject health = JsonParser.parseString(told(2).payload()).getAsJsonObject();
        assertThat(health.get("connected").getAsBoolean()).isTrue();
        assertThat(health.get("queue").getAsLong()).isEqualTo(3);
        assertThat(health.get("spool").getAsLong()).isEqualTo(5);
        assertThat(health.get("accepted").getAsLong()).isEqualTo(100);
        assertThat(health.get("published").getAsLong()).isEqualTo(80);
        assertThat(health.get("late").getAsLong()).isEqualTo(7);
        assertThat(health.get("dropped").getAsLong()).isZero();
        assertThat(health.get("unknown").getAsLong()).isEqualTo(1);
        assertThat(health.get("refused"))
                .hasToString("{\"400\":0,\"404\":2,\"405\":0,\"414\":0,\"429\":0,\"431\":0,\"503\":0}");
        assertThat(health.get("reasons"))
                .hasToString("{\"address_rate\":0,\"network\":1,\"phone_rate\":0,\"token\":1}");
        assertThat(health.getAsJsonObject("commands").get("confirmed").getAsLong())
                .isEqualTo(1);
        JsonObject memory = health.getAsJsonObject("memory");
        assertThat(memory.get("used").getAsLong())
                .isPositive()
                .isLessThan(memory.get("max").getAsLong());
    }

    private record Several(List<String> all, boolean tellsForAll) implements Gateways {
        @Override
        public Optional<String> ownerOf(PhoneId phone) {
            return Optional.empty();
        }

        @Override
        public String own() {
            return "north";
        }
    }

    private JsonObject retained(String path) {
        return JsonParser.parseString(bus.retained(path).orElseThrow()).getAsJsonObject();
    }

    @Test
    void one_of_several_gateways_tells_of_itself_only() {
        told(1);
        topic.bindGateways(new Several(List.of("north", "south"), false));
        clockwork.repeated.forEach(Runnable::run);
        assertThat(told(2).topic()).hasToString("bridge/gateway/north/health");
        assertThat(told(2).retained()).isTrue();
        topic.stop();
        assertThat(told(3).topic()).hasToString("bridge/gateway/north/health");
        assertThat(bus.messages()).hasSize(3);
        assertThat(bus.subscriptions()).isZero();
    }

    @Test
    void gateway_that_tells_for_all_tells_the_sum_of_those_that_are_there() {
        topic.bindGateways(new Several(List.of("north", "south", "west"), true));
        String south = metrics.vitals(Optional.empty(), BusFigures.WELL).report();
        bus.arrives("bridge/gateway/south/health", south);
        bus.arrives("bridge/gateway/gone/health", south);
        bus.arrives("bridge/gateway/west/health", "[\"nonsense\"");
        clockwork.repeated.forEach(Runnable::run);
        assertThat(retained("bridge/gateway/north/health").get("accepted").getAsLong())
                .isEqualTo(100);
        assertThat(retained("bridge/gateway/north/health").get("time").getAsString())
                .isEqualTo("2026-11-28T12:00:00Z");
        assertThat(retained("bridge/health").has("time"))
                .as("several have none")
                .isFalse();
        assertThat(retained("bridge/health").get("accepted").getAsLong()).isEqualTo(200);
        assertThat(retained("bridge/health").get("connected").getAsBoolean()).isTrue();
    }

    @Test
    void gateway_that_leaves_others_behind_does_not_speak_for_them() {
        told(1);
        topic.bindGateways(new Several(List.of("north", "south"), true));
        topic.stop();
        assertThat(told(2).topic()).hasToString("bridge/gateway/north/health");
        assertThat(bus.messages()).hasSize(2);
    }

    @Test
    void last_of_several_gateways_says_that_there_is_no_connection() {
        told(1);
        topic.bindGateways(new Several(List.of("north"), true));
        topic.stop();
        told(3);
        assertThat(retained("bridge/health").get("connected").getAsBoolean()).isFalse();
    }

    @Test
    void gateway_that_is_alone_again_tells_as_before() {
        told(1);
        Gateways several = new Several(List.of("north", "south"), false);
        topic.bindGateways(several);
        topic.unbindGateways(several);
        clockwork.repeated.forEach(Runnable::run);
        assertThat(told(2).topic()).isEqualTo(HealthTopic.TOPIC);
        assertThat(bus.subscriptions()).isZero();
    }

    @Test
    void every_field_is_explained() throws IOException {
        String explained = Files.readString(Path.of("../../docs/operations.md"));
        HealthReport vitals = metrics.vitals(Optional.empty(), BusFigures.ILL);
        for (String field :
                JsonParser.parseString(vitals.report()).getAsJsonObject().keySet()) {
            assertThat(explained).as(field).contains("`" + field + "`");
        }
        for (String field : JsonParser.parseString(GatewayComparison.signed("{}", NOW, Optional.of("")))
                .getAsJsonObject()
                .keySet()) {
            assertThat(explained).as(field).contains("`" + field + "`");
        }
        for (String reason : metrics.reasons().keySet()) {
            assertThat(explained).as(reason).contains("`" + reason + "`");
        }
        for (String status : metrics.refused().keySet()) {
            assertThat(explained).as(status).contains("`" + status + "`");
        }
    }

    @Test
    void last_word_says_that_there_is_no_connection() {
        told(1);
        topic.stop();
        JsonObject last = JsonParser.parseString(told(2).payload()).getAsJsonObject();
        assertThat(told(2).retained()).isTrue();
        assertThat(last.get("connected").getAsBoolean()).isFalse();
        assertThat(last.get("accepted").getAsLong()).isEqualTo(100);
    }

    @Test
    void nothing_is_said_at_the_end_when_nobody_hears_it() {
        told(1);
        bus.is(BusFigures.AWAY);
        topic.stop();
        assertThat(bus.messages()).hasSize(1);
    }

    @Test
    void nothing_is_told_and_no_thread_is_left_after_the_end() {
        told(1);
        topic.stop();
        assertThat(bus.watchers()).isZero();
        await().until(clockwork::isTerminated);
    }
}
