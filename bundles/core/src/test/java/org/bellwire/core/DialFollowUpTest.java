package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.bellwire.api.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a dial goes on with: tones once the call is connected, and its end. */
class DialFollowUpTest {

    private static final String DIAL = "{\"number\":\"42\",\"then\":\"7#\",\"hangup_s\":3}";

    private final House house = new House();

    @BeforeEach
    void write_files() {
        house.file("lobby", "vendor", "acme", "host", "192.0.2.10");
        house.line.setReachable(false);
        house.settle();
        dial();
    }

    private void dial() {
        house.send("lobby", "dial", DIAL);
        answerAll();
    }

    /** Time for the phone to answer whatever is asked, key by key. */
    private void answerAll() {
        house.time.pass(Duration.ofMillis(1200));
    }

    @AfterEach
    void leave() {
        house.close();
    }

    private void lobby(String event) {
        house.get("acme", "/" + event + (event.contains("?") ? "&" : "?") + "phone=lobby");
    }

    private List<String> sent() {
        return house.line.sent();
    }

    @Test
    void tones_follow_the_connection_and_the_end_follows_the_tones() {
        lobby("outgoing-call?call_id=1&remote=42");
        assertThat(sent()).hasSize(1);
        lobby("established?call_id=1");
        answerAll();
        assertThat(sent()).hasSize(3);
        house.time.pass(Duration.ofSeconds(3));
        assertThat(sent()).hasSize(4);
        assertThat(sent().get(3)).contains("hangup");
    }

    @Test
    void nothing_is_sent_when_the_call_ends_unanswered() {
        lobby("outgoing-call?call_id=1&remote=42");
        lobby("terminated?call_id=1");
        lobby("outgoing-call?call_id=2&remote=42");
        lobby("established?call_id=2");
        house.time.pass(Duration.ofMinutes(1));
        assertThat(sent()).hasSize(1);
    }

    @Test
    void nobody_hangs_up_when_the_call_is_over_already() {
        lobby("outgoing-call?call_id=1&remote=42");
        lobby("established?call_id=1");
        answerAll();
        lobby("terminated?call_id=1");
        house.time.pass(Duration.ofMinutes(1));
        assertThat(sent()).hasSize(3);
    }

    @Test
    void nothing_is_sent_when_the_call_is_connected_too_late() {
        house.time.pass(Duration.ofMinutes(6));
        lobby("outgoing-call?call_id=1&remote=42");
        lobby("established?call_id=1");
        house.time.pass(Duration.ofMinutes(1));
        assertThat(sent()).hasSize(1);
    }

    @Test
    void call_that_begins_long_after_the_dial_is_another() {
        house.time.pass(Duration.ofSeconds(20));
        lobby("outgoing-call?call_id=1&remote=42");
        lobby("established?call_id=1");
        house.time.pass(Duration.ofMinutes(1));
        assertThat(sent()).hasSize(1);
    }

    @Test
    void call_of_which_only_the_connection_is_reported_is_meant_while_it_may_ring() {
        house.time.pass(Duration.ofMinutes(2));
        lobby("established?call_id=1&remote=42");
        answerAll();
        assertThat(sent()).hasSize(3);
    }

    @Test
    void another_call_that_is_connected_is_not_meant() {
        lobby("incoming-call?call_id=9&remote=77");
        lobby("established?call_id=9");
        house.time.pass(Duration.ofMinutes(1));
        assertThat(sent()).hasSize(1);
    }

    @Test
    void nothing_is_sent_twice_for_one_call() {
        lobby("outgoing-call?call_id=1&remote=42");
        lobby("established?call_id=1");
        answerAll();
        lobby("established?call_id=1");
        answerAll();
        assertThat(sent()).hasSize(3);
    }

    @Test
    void nothing_is_sent_to_a_phone_that_was_removed_meanwhile() {
        lobby("outgoing-call?call_id=1&remote=42");
        lobby("established?call_id=1");
        answerAll();
        house.delete("lobby");
        house.time.pass(Duration.ofMinutes(1));
        assertThat(sent()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"then\":\"7;OK\"",
                "\"then\":\"\"",
                "\"then\":true",
                "\"then\":[1]",
                "\"then\":\"11111111111111111111111111111111111111111111111111111111111111111\"",
                "\"hangup_s\":0",
                "\"hangup_s\":-1",
                "\"hangup_s\":1.5",
                "\"hangup_s\":3601",
                "\"hangup_s\":99999999999999999999",
                "\"hangup_s\":\"soon\"",
                "\"hangup_s\":{}",
                "\"hangup_s\":true"
            })
    void a_dial_that_goes_on_with_nonsense_is_refused(String field) {
        assertThat(house.send("lobby", "dial", "{\"number\":\"43\"," + field + "}")
                        .toCompletableFuture()
                        .join()
                        .status())
                .isEqualTo(Status.REFUSED);
        assertThat(sent()).hasSize(1);
    }
}
