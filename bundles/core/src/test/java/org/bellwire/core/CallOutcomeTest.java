package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bellwire.core.phone.CallEnd;
import org.bellwire.core.phone.CallOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the events at the end of a call say of how it ended. */
class CallOutcomeTest {

    private final House house = new House();

    @BeforeEach
    void write_files() {
        files();
    }

    private void files() {
        house.file("lobby", "vendor", "acme");
        house.file("desk", "vendor", "zenith");
        house.settle();
    }

    @AfterEach
    void leave() {
        house.close();
    }

    private void lobby(String... events) {
        for (String event : events) {
            house.get("acme", "/" + event + (event.contains("?") ? "&" : "?") + "phone=lobby");
        }
    }

    private void desk(String... events) {
        for (String event : events) {
            house.get("zenith", "?phone=desk&event=" + event);
        }
    }

    private JsonObject call(String topic) {
        List<String> payloads = house.bus.payloads(topic);
        assertThat(payloads).as(topic).isNotEmpty();
        return JsonParser.parseString(payloads.get(payloads.size() - 1))
                .getAsJsonObject()
                .getAsJsonObject("call");
    }

    private String outcome(String topic) {
        return call(topic).get("outcome").getAsString();
    }

    @ParameterizedTest
    @CsvSource({"incoming,missed", "outgoing,cancelled"})
    void a_call_that_was_never_connected_is_missed_or_cancelled(String begin, String outcome) {
        desk(begin + "&callId=1&number=42", "ended&callId=1");
        assertThat(outcome("desk/event/call_ended")).isEqualTo(outcome);
        assertThat(call("desk/event/call_ended").has("duration_s")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"incoming", "outgoing"})
    void a_call_that_was_connected_is_answered_and_tells_for_how_long(String begin) {
        desk(begin + "&callId=1&number=42");
        house.time.pass(Duration.ofSeconds(7));
        desk("connected&callId=1");
        house.time.pass(Duration.ofMillis(5_900));
        desk("held&callId=1");
        house.time.pass(Duration.ofSeconds(10));
        desk("ended&callId=1");
        assertThat(outcome("desk/event/call_ended")).isEqualTo("answered");
        assertThat(call("desk/event/call_ended").get("duration_s").getAsLong()).isEqualTo(15);
    }

    @Test
    void a_clock_that_is_set_does_not_change_the_duration() {
        desk("incoming&callId=1", "connected&callId=1");
        house.time.pass(Duration.ofSeconds(3));
        house.time.jump(Duration.ofHours(-5));
        desk("ended&callId=1");
        assertThat(call("desk/event/call_ended").get("duration_s").getAsLong()).isEqualTo(3);
    }

    @Test
    void an_end_that_comes_twice_says_the_same() {
        desk("incoming&callId=1", "connected&callId=1");
        house.time.pass(Duration.ofSeconds(3));
        desk("ended&callId=1");
        house.time.pass(Duration.ofSeconds(2));
        desk("ended&callId=1");
        assertThat(outcome("desk/event/call_ended")).isEqualTo("answered");
        assertThat(call("desk/event/call_ended").get("duration_s").getAsLong()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "reject-incoming-call,rejected,?call_id=1",
        "forward-incoming-call,forwarded,?call_id=1",
        "missed-call,missed,?call_id=1",
        "reject-incoming-call,rejected,''",
        "forward-incoming-call,forwarded,''",
        "missed-call,missed,''"
    })
    void an_end_after_an_event_that_said_how_says_that(String event, String outcome, String id) {
        lobby("incoming-call" + id, event + id, "terminated" + id);
        assertThat(outcome("lobby/event/call_ended")).isEqualTo(outcome);
    }

    @Test
    void what_was_said_of_one_call_is_not_said_of_the_next() {
        lobby("incoming-call", "reject-incoming-call", "incoming-call", "terminated");
        assertThat(outcome("lobby/event/call_ended")).isEqualTo("missed");
    }

    @Test
    void a_derived_missed_call_tells_its_outcome_too() {
        desk("incoming&callId=1&number=42", "ended&callId=1");
        assertThat(outcome("desk/event/call_missed")).isEqualTo("missed");
    }

    @Test
    void the_end_of_a_call_that_nobody_heard_of_is_unknown() {
        desk("ended&callId=1");
        assertThat(outcome("desk/event/call_ended")).isEqualTo("unknown");
        desk("ended&callId=1");
        assertThat(outcome("desk/event/call_ended")).isEqualTo("unknown");
    }

    @Test
    void a_call_that_has_to_be_over_ended_in_an_unknown_way() {
        desk("incoming&callId=1");
        house.time.pass(Duration.ofMinutes(6));
        assertThat(outcome("desk/event/call_ended")).isEqualTo("unknown");
    }

    @Test
    void other_events_tell_no_outcome() {
        lobby("incoming-call?call_id=1", "reject-incoming-call?call_id=1");
        assertThat(call("lobby/event/call_incoming").has("outcome")).isFalse();
        assertThat(call("lobby/event/call_rejected").has("outcome")).isFalse();
    }

    @Test
    void a_missed_call_that_is_told_twice_counts_once() {
        lobby("incoming-call?call_id=1", "terminated?call_id=1", "missed-call?call_id=1", "missed-call?call_id=1");
        assertThat(house.bus.retained("lobby/state/missed")).contains("1");
        lobby("incoming-call?remote=42", "missed-call?remote=42", "missed-call?remote=42");
        assertThat(house.bus.retained("lobby/state/missed")).contains("2");
        lobby("incoming-call?remote=42", "missed-call?remote=42");
        assertThat(house.bus.retained("lobby/state/missed")).contains("3");
    }

    @Test
    void a_restart_forgets_neither_since_when_a_call_is_connected_nor_how_it_ended() {
        PhoneScene answered = new PhoneScene(Acme.PLAIN)
                .sends("incoming", "callId", "1")
                .sends("connected", "callId", "1")
                .later(Duration.ofSeconds(40))
                .restarts()
                .later(Duration.ofSeconds(20))
                .sends("ended", "callId", "1");
        assertThat(answered.facts().get(2).end()).contains(new CallEnd(CallOutcome.ANSWERED, Optional.of(60L), false));
        PhoneScene rejected = new PhoneScene(Acme.FULL)
                .sends("incoming-call", "call_id", "1")
                .sends("reject-incoming-call", "call_id", "1")
                .restarts()
                .sends("terminated", "call_id", "1");
        assertThat(rejected.facts().get(2).end()).contains(new CallEnd(CallOutcome.REJECTED, Optional.empty(), true));
    }
}
