package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.List;
import org.bellwire.api.CallState;
import org.bellwire.testkit.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallExpiryTest {

    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final House house = new House().file("lobby", "vendor", "zenith", "host", "192.0.2.7");

    @AfterEach
    void leave() {
        house.close();
    }

    private void rings() {
        house.get("zenith", "/?event=incoming&callId=1&number=42&phone=lobby");
    }

    @Test
    void call_that_nobody_ends_is_over_after_five_minutes_with_a_derived_event() {
        rings();
        house.time.pass(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(house.bus.retained("lobby/state/call")).contains("ringing");
        house.time.pass(PERIOD.plusSeconds(1));
        assertThat(house.bus.retained("lobby/state/call")).contains("idle");
        assertThat(house.bus.retained("lobby/state/calls")).contains("[]");
        assertThat(house.bus.retained("lobby/state/peer_number")).isEmpty();
        List<String> ends = house.bus.payloads("lobby/event/call_ended");
        assertThat(ends).hasSize(1);
        JsonObject end = JsonParser.parseString(ends.get(0)).getAsJsonObject();
        assertThat(end.get("derived").getAsBoolean()).isTrue();
        assertThat(end.get("seq").getAsLong()).isEqualTo(2);
        assertThat(end.has("vendor_event")).isFalse();
        assertThat(end.getAsJsonObject("params").size()).isZero();
        assertThat(end.getAsJsonObject("call").get("outcome").getAsString()).isEqualTo("unknown");
        assertThat(end.getAsJsonObject("call").get("number").getAsString()).isEqualTo("42");
        house.time.pass(Duration.ofDays(1));
        assertThat(house.bus.payloads("lobby/event/call_ended")).hasSize(1);
    }

    @Test
    void state_goes_out_before_the_event_that_ends_the_call() {
        rings();
        house.bus.forget();
        house.time.pass(Duration.ofMinutes(6));
        List<String> topics = house.bus.topics();
        assertThat(topics.indexOf("lobby/state/call")).isBetween(0, topics.indexOf("lobby/event/call_ended"));
    }

    @Test
    void set_clock_ends_no_call() {
        rings();
        house.time.jump(Duration.ofDays(4));
        house.time.pass(PERIOD);
        assertThat(house.bus.retained("lobby/state/call")).contains("ringing");
        house.time.jump(Duration.ofDays(-5));
        house.time.pass(Duration.ofMinutes(5));
        assertThat(house.bus.retained("lobby/state/call")).contains("idle");
    }

    @Test
    void call_of_before_a_restart_is_over_in_time_and_stays_over_after_the_next() {
        rings();
        house.time.pass(Duration.ofMinutes(1));
        house.store.lastKept(ManualTime.START);
        try (House again = new House(house.store).file("lobby", "vendor", "zenith", "host", "192.0.2.7")) {
            assertThat(again.phone("lobby").callState()).contains(CallState.RINGING);
            again.time.pass(Duration.ofMinutes(6));
            assertThat(again.bus.retained("lobby/state/call")).contains("idle");
            assertThat(again.bus.payloads("lobby/event/call_ended")).hasSize(1);
            try (House third = new House(again.store).file("lobby", "vendor", "zenith")) {
                assertThat(third.phone("lobby").callState()).contains(CallState.IDLE);
            }
        }
    }

    @Test
    void broker_that_takes_nothing_hinders_no_later_look() {
        rings();
        house.bus.disconnect();
        house.time.pass(Duration.ofMinutes(6));
        house.bus.connect();
        house.get("zenith", "/?event=incoming&callId=2&number=43&phone=lobby");
        house.time.pass(Duration.ofMinutes(6));
        assertThat(house.bus.payloads("lobby/event/call_ended")).hasSize(1);
        assertThat(house.bus.retained("lobby/state/call")).contains("idle");
    }

    @Test
    void end_that_nobody_reported_proves_no_command() {
        house.file("desk", "vendor", "acme", "host", "192.0.2.8");
        house.get("acme", "/incoming-call?phone=desk&call_id=1");
        house.send("desk", "hangup", "PRESS");
        house.get("acme", "/busy-to-idle?phone=desk");
        house.time.pass(Duration.ofSeconds(6));
        assertThat(house.bus.payloads("desk/result/hangup")).anyMatch(json -> json.contains("unconfirmed"));
    }

    @Test
    void nothing_is_looked_at_after_the_end() {
        rings();
        house.expiry.stop();
        house.time.pass(Duration.ofMinutes(6));
        assertThat(house.phone("lobby").session().hasCalls()).isTrue();
    }
}
