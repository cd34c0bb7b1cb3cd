package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Ingest;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.port.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many phones are asked for their state at a time, and what is told of it. */
class StateReadingLimitsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MAX_PER_SECOND = 25;

    private final House house = new House();

    @BeforeEach
    void add_a_vendor() {
        house.registry.addBinding(new Asked());
        house.line.setReachable(false);
    }

    @AfterEach
    void leave() {
        house.close();
    }

    private void phone(String id) {
        house.file(id, "vendor", "asked", "host", "192.0.2.30", "password", "geheim");
    }

    private void registers(String id) {
        house.get("asked", "/registered?phone=" + id);
    }

    private long asked() {
        return house.line.sent().stream()
                .filter(line -> line.contains("/calls"))
                .count();
    }

    private String call(String id) {
        return house.bus.retained(id + "/state/call").orElse("unknown");
    }

    @Test
    void many_phones_that_come_online_at_once_are_asked_some_at_a_time() {
        for (int i = 0; i < MAX_PER_SECOND + 5; i++) {
            phone("phone-" + i);
        }
        house.settle();
        for (int i = 0; i < MAX_PER_SECOND + 5; i++) {
            registers("phone-" + i);
        }
        house.time.pass(SECOND);
        assertThat(asked()).isEqualTo(MAX_PER_SECOND);
        house.time.pass(SECOND);
        assertThat(asked()).isEqualTo(MAX_PER_SECOND + 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no host", "no password", "not there", "no questions"})
    void phones_that_are_not_asked_hold_up_nobody(String why) {
        for (int i = 0; i < 4 * MAX_PER_SECOND; i++) {
            String id = "phone-" + i;
            switch (why) {
                case "no host" -> house.file(id, "vendor", "asked", "password", "geheim");
                case "no password" -> house.file(id, "vendor", "asked", "host", "192.0.2.30");
                case "no questions" -> house.file(id, "vendor", "zenith", "host", "192.0.2.30");
                default -> phone(id);
            }
        }
        phone("aaa");
        phone("zzz");
        house.settle();
        if (!why.equals("not there")) {
            for (int i = 0; i < 4 * MAX_PER_SECOND; i++) {
                registers("phone-" + i);
            }
        }
        registers("aaa");
        registers("zzz");
        house.time.pass(SECOND);
        assertThat(house.line.sent()).contains("aaa /calls?p={password}", "zzz /calls?p={password}");
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void phone_of_another_gateway_is_not_asked() {
        phone("desk");
        house.settle();
        registers("desk");
        house.ownership.setCluster(new OwnsNothing());
        house.time.pass(Duration.ofMinutes(1));
        assertThat(asked()).isZero();
    }

    private static final class OwnsNothing implements Ingest {
        @Override
        public CompletionStage<Void> take(Report report) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean owns(PhoneId phone) {
            return false;
        }

        @Override
        public boolean ownsFirst() {
            return false;
        }
    }

    @Test
    void phone_that_lets_itself_be_read_after_all_is_asked_by_itself_again() {
        phone("desk");
        house.settle();
        house.line.answers(Answer.of(Kind.UNAUTHORIZED, 401));
        registers("desk");
        house.time.pass(SECOND);
        assertThat(asked()).isEqualTo(1);
        house.line.answers(Answer.of(Kind.OK, 200).saying(""));
        house.line.answers(Answer.of(Kind.OK, 200).saying(""));
        house.send("desk", "refresh", "PRESS");
        house.time.pass(SECOND);
        house.get("asked", "/talk?phone=desk&remote=42");
        house.line.answers(Answer.of(Kind.OK, 200).saying("connected 42"));
        house.time.pass(Duration.ofSeconds(130));
        assertThat(asked()).isEqualTo(3);
    }

    @Test
    void log_tells_of_a_call_that_the_phone_does_not_show_any_more_and_of_no_other() {
        phone("desk");
        house.settle();
        registers("desk");
        house.line.answers(Answer.of(Kind.OK, 200).saying("connected 42"));
        house.time.pass(SECOND);
        assertThat(call("desk")).isEqualTo("connected");
        assertThat(house.log.lines()).noneMatch(line -> line.contains("a call is over"));
        house.line.answers(Answer.of(Kind.OK, 200).saying(""));
        house.send("desk", "refresh", "PRESS");
        house.time.pass(SECOND);
        assertThat(call("desk")).isEqualTo("idle");
        assertThat(house.log.lines()).anyMatch(line -> line.contains("phone desk: a call is over"));
    }
}
