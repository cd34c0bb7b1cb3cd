package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Phones are asked for their state. */
class StateReadingTest {

    private static final String CALLS = "desk /calls?p={password}";
    private static final String STATES = "desk /states?p={password}";
    private static final Answer OK = Answer.of(Kind.OK, 200);

    private final House house = new House();

    @BeforeEach
    void add_a_phone() {
        house.registry.addBinding(new Asked());
        house.line.setReachable(false);
        house.file("desk", "vendor", "asked", "host", "192.0.2.30", "password", "geheim");
        house.settle();
    }

    @AfterEach
    void leave() {
        house.close();
    }

    private static Answer saying(String body) {
        return OK.saying(body);
    }

    private void report(String what) {
        house.get("asked", what);
    }

    /** The phone reports, and is asked for what it has not told. */
    private void comesOnline(String calls, String states) {
        house.line.answers(saying(calls));
        house.line.answers(saying(states));
        report("/registered?phone=desk");
        house.time.pass(Duration.ofSeconds(2));
    }

    private Result sent(String command) {
        CompletableFuture<Result> result = house.send("desk", command, "PRESS").toCompletableFuture();
        house.time.pass(Duration.ofSeconds(1));
        assertThat(result).isCompleted();
        return result.join();
    }

    private Optional<String> state(String property) {
        return house.bus.retained("desk/state/" + property);
    }

    @Test
    void phone_that_comes_online_is_asked_once() {
        comesOnline("", "DND=ON");
        assertThat(house.line.sent()).containsExactly(CALLS, STATES);
        assertThat(state("dnd")).contains("ON");
        assertThat(state("call")).contains("idle");
        house.time.pass(Duration.ofMinutes(10));
        assertThat(house.line.sent()).hasSize(2);
    }

    @Test
    void phone_that_is_not_there_is_not_asked() {
        house.time.pass(Duration.ofMinutes(10));
        assertThat(house.line.sent()).isEmpty();
    }

    @Test
    void phone_without_a_password_in_its_file_is_not_asked() {
        house.file("bare", "vendor", "asked", "host", "192.0.2.31");
        report("/registered?phone=bare");
        house.time.pass(Duration.ofMinutes(1));
        assertThat(house.line.sent()).isEmpty();
    }

    @Test
    void phone_without_a_host_is_not_asked() {
        house.file("hostless", "vendor", "asked", "password", "geheim");
        report("/registered?phone=hostless");
        house.time.pass(Duration.ofMinutes(1));
        assertThat(house.line.sent()).isEmpty();
    }

    @Test
    void what_an_event_says_after_the_question_stays() {
        house.line.answers(saying(""));
        CompletableFuture<Answer> late = house.line.answersLater();
        report("/registered?phone=desk");
        house.time.pass(Duration.ofSeconds(2));
        report("/dnd on?phone=desk");
        late.complete(saying("DND=OFF\nREGISTRATION=failed"));
        assertThat(state("dnd")).contains("ON");
        assertThat(state("registration")).contains("failed");
    }

    @Test
    void call_that_an_event_tells_after_the_question_stays() {
        CompletableFuture<Answer> late = house.line.answersLater();
        report("/registered?phone=desk");
        house.time.pass(Duration.ofSeconds(2));
        report("/ring?phone=desk&remote=42");
        late.complete(saying(""));
        assertThat(state("call")).contains("ringing");
    }

    @Test
    void calls_that_the_phone_shows_are_known_then() {
        comesOnline("connected 42\nheld 43", "");
        assertThat(state("call")).contains("connected");
        assertThat(state("peer_number")).contains("42");
        assertThat(state("calls").orElse("")).contains("\"43\"");
    }

    @Test
    void phone_that_refuses_is_not_asked_again_until_its_file_changes() {
        house.line.answers(Answer.of(Kind.UNAUTHORIZED, 401, "wrong password"));
        report("/registered?phone=desk");
        house.time.pass(Duration.ofSeconds(2));
        assertThat(house.line.sent()).as("nothing after the refusal").containsExactly(CALLS);
        assertThat(house.log.warnings()).anyMatch(line -> line.contains("desk") && line.contains("wrong password"));
        report("/talk?phone=desk&remote=42");
        house.time.pass(Duration.ofMinutes(10));
        report("/registered?phone=desk");
        house.time.pass(Duration.ofSeconds(2));
        assertThat(house.line.sent()).as("online again").hasSize(1);

        house.file("desk", "vendor", "asked", "host", "192.0.2.30", "password", "other");
        house.time.pass(Duration.ofSeconds(2));
        assertThat(house.line.sent()).containsExactly(CALLS, CALLS, STATES);
    }

    @Test
    void call_that_was_not_heard_of_for_two_minutes_is_asked_for_and_over_when_the_phone_has_it_no_more() {
        comesOnline("", "");
        report("/talk?phone=desk&remote=42");
        house.time.pass(Duration.ofSeconds(110));
        assertThat(house.line.sent()).hasSize(2);
        house.line.answers(saying(""));
        house.time.pass(Duration.ofSeconds(20));
        assertThat(house.line.sent()).as("only for calls").containsExactly(CALLS, STATES, CALLS);
        assertThat(state("calls")).contains("[]");
        assertThat(state("call")).contains("idle");
        assertThat(house.bus.payloads("desk/event/call_ended").get(0))
                .contains("\"derived\":true", "\"outcome\":\"unknown\"", "\"number\":\"42\"");
    }

    @Test
    void call_that_the_phone_still_has_goes_on_and_is_asked_for_again_later() {
        comesOnline("", "");
        report("/talk?phone=desk&remote=42");
        for (int i = 0; i < 3; i++) {
            house.line.answers(saying("connected 42"));
        }
        house.time.pass(Duration.ofSeconds(375));
        assertThat(state("call")).contains("connected");
        assertThat(house.bus.payloads("desk/event/call_ended")).isEmpty();
        assertThat(house.line.sent()).hasSize(5);
    }

    @Test
    void refresh_asks_and_tells() {
        comesOnline("", "DND=OFF");
        house.line.answers(saying("ringing 42"));
        house.line.answers(saying("DND=ON"));
        assertThat(sent("refresh").status()).isEqualTo(Status.ACCEPTED);
        assertThat(state("dnd")).contains("ON");
        assertThat(state("peer_number")).contains("42");
    }

    @Test
    void question_waits_for_its_turn_among_the_commands() {
        CompletableFuture<Answer> slow = house.line.answersLater();
        house.send("desk", "hangup", "PRESS");
        report("/registered?phone=desk");
        house.time.pass(Duration.ofSeconds(2));
        assertThat(house.line.sent()).containsExactly("desk /hangup");
        slow.complete(OK);
        house.time.pass(Duration.ofSeconds(1));
        assertThat(house.line.sent()).isEqualTo(List.of("desk /hangup", CALLS, STATES));
    }

    @Test
    void fault_of_a_reader_harms_nobody() {
        house.line.answers(saying("fault"));
        report("/registered?phone=desk");
        house.time.pass(Duration.ofSeconds(2));
        assertThat(sent("hangup").status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void state_that_this_vendor_does_not_have_is_not_learned() {
        comesOnline("", "MUTE=ON\nCALL=held");
        assertThat(state("mute")).isEmpty();
        assertThat(state("call")).contains("idle");
    }
}
