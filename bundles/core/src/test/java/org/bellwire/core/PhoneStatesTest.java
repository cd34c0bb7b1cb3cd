package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.List;
import org.bellwire.api.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The states beside the call itself. */
class PhoneStatesTest {

    private House house = new House();

    @BeforeEach
    void write_files() {
        files();
        house.bus.forget();
    }

    private void files() {
        house.file("lobby", "vendor", "acme", "host", "192.0.2.10");
        house.file("desk", "vendor", "zenith");
        house.line.setReachable(false);
        house.settle();
    }

    @AfterEach
    void leave() {
        house.close();
    }

    private void desk(String... events) {
        for (String event : events) {
            house.get("zenith", "?phone=desk&event=" + event);
        }
    }

    private String state(String topic) {
        return house.bus.retained(topic).orElse("nothing");
    }

    @Test
    void local_is_the_own_number_of_the_call_else_its_account() {
        house.get("acme", "/incoming-call?phone=lobby&call_id=1&local=sip:101@pbx&remote=42");
        assertThat(state("lobby/state/local")).isEqualTo("101");
        desk("incoming&callId=1&number=42&accountId=2");
        assertThat(state("desk/state/local")).isEqualTo("2");
    }

    @Test
    void local_is_empty_when_idle() {
        desk("incoming&callId=1&accountId=2", "ended&callId=1");
        assertThat(house.bus.payloads("desk/state/local")).containsExactly("2", "");
    }

    @Test
    void nothing_is_said_of_missed_calls_before_calls_are_known() {
        house.get("acme", "/off-hook?phone=lobby");
        assertThat(house.bus.topics()).doesNotContain("lobby/state/missed");
    }

    @Test
    void a_phone_that_never_missed_a_call_says_so_once_calls_are_known() {
        desk("incoming&callId=1");
        assertThat(state("desk/state/missed")).isEqualTo("0");
    }

    @Test
    void missed_counts_reported_and_derived_ones() {
        desk("incoming&callId=1", "ended&callId=1", "incoming&callId=2", "ended&callId=2");
        assertThat(state("desk/state/missed")).isEqualTo("2");
        house.get("acme", "/missed-call?phone=lobby&call_id=1");
        assertThat(state("lobby/state/missed")).isEqualTo("1");
    }

    @Test
    void an_answered_call_is_not_counted_as_missed() {
        desk("incoming&callId=1", "connected&callId=1", "ended&callId=1");
        assertThat(state("desk/state/missed")).isEqualTo("0");
    }

    @Test
    void missed_survives_a_restart() {
        desk("incoming&callId=1", "ended&callId=1");
        house.close();
        house = new House(house.store);
        files();
        assertThat(state("desk/state/missed")).isEqualTo("1");
        desk("incoming&callId=2", "ended&callId=2");
        assertThat(state("desk/state/missed")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET", "reset", "{\"value\":\"RESET\"}", "\"RESET\""})
    void a_reset_of_missed_needs_no_host_and_sends_nothing(String payload) {
        desk("incoming&callId=1", "ended&callId=1");
        assertThat(house.send("desk", "missed", payload)
                        .toCompletableFuture()
                        .join()
                        .status())
                .isEqualTo(Status.ACCEPTED);
        assertThat(state("desk/state/missed")).isEqualTo("0");
        assertThat(house.line.sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "ON", "PRESS", "{\"value\":5}", "{}", "RESET now"})
    void any_other_payload_leaves_missed_as_it_is(String payload) {
        desk("incoming&callId=1", "ended&callId=1");
        assertThat(house.send("desk", "missed", payload)
                        .toCompletableFuture()
                        .join()
                        .status())
                .isEqualTo(Status.REFUSED);
        assertThat(state("desk/state/missed")).isEqualTo("1");
    }

    @Test
    void an_expired_reset_of_missed_is_refused() {
        desk("incoming&callId=1", "ended&callId=1");
        String late = "{\"value\":\"RESET\",\"expires\":\"2020-01-01T00:00:00Z\"}";
        assertThat(house.send("desk", "missed", late)
                        .toCompletableFuture()
                        .join()
                        .status())
                .isEqualTo(Status.REFUSED);
        assertThat(state("desk/state/missed")).isEqualTo("1");
    }

    @Test
    void info_tells_the_states_and_that_missed_can_be_reset() {
        house.bus.forgetRetained();
        house.bus.disconnect();
        house.bus.connect();
        house.settle();
        String info = state("desk/info");
        assertThat(words(info, "states")).contains("local", "peer_tags", "missed");
        assertThat(words(info, "commands")).contains("missed");
    }

    private static List<String> words(String info, String key) {
        return JsonParser.parseString(info).getAsJsonObject().getAsJsonArray(key).asList().stream()
                .map(word -> word.getAsString())
                .toList();
    }

    @Test
    void a_state_has_at_most_255_characters_and_no_half_of_one() {
        desk("incoming&callId=1&number=42&name=" + "x".repeat(254) + "\uD83D\uDE00");
        assertThat(state("desk/state/peer_name")).isEqualTo("x".repeat(254));
        desk("ended&callId=1", "incoming&callId=2&number=42&name=" + "y".repeat(256));
        assertThat(state("desk/state/peer_name")).isEqualTo("y".repeat(255));
    }

    @Test
    void calls_may_be_longer() {
        for (int i = 0; i < 8; i++) {
            desk("incoming&callId=" + i + "&number=4" + i + "&name=" + "x".repeat(50));
        }
        assertThat(JsonParser.parseString(state("desk/state/calls")).getAsJsonArray())
                .hasSize(8);
    }
}
