package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.api.EventType.CALL_CONNECTED;
import static org.bellwire.api.EventType.CALL_ENDED;
import static org.bellwire.api.EventType.CALL_INCOMING;
import static org.bellwire.api.EventType.CALL_MISSED;
import static org.bellwire.api.EventType.DEVICE_BOOTED;
import static org.bellwire.api.EventType.LINE_IDLE;

import java.time.Duration;
import java.util.List;
import org.bellwire.api.CallState;
import org.bellwire.api.Property;
import org.bellwire.core.phone.EventFact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a phone's calls are when events get lost, overtake one another or do not say which call they mean. */
class LostEventsTest {

    private final PhoneScene plain = new PhoneScene(Acme.PLAIN);
    private final PhoneScene full = new PhoneScene(Acme.FULL);

    private static List<EventFact> presumed(PhoneScene phone) {
        return phone.facts().stream().filter(EventFact::presumed).toList();
    }

    // The end was lost, and the id begins another call.

    @Test
    void another_number_under_the_id_of_a_connected_call_is_a_new_call() {
        plain.sends("incoming", "callId", "TC@1", "number", "300").sends("connected", "callId", "TC@1");
        plain.sends("incoming", "callId", "TC@1", "number", "400");
        assertThat(plain.call()).isEqualTo(CallState.RINGING);
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("400");
        plain.sends("ended", "callId", "TC@1").sends("ended", "callId", "TC@1");
        assertThat(plain.calls()).isEqualTo("[]");
        assertThat(plain.events())
                .containsExactly(
                        CALL_INCOMING, CALL_CONNECTED, CALL_ENDED, CALL_INCOMING, CALL_ENDED, CALL_MISSED, CALL_ENDED);
    }

    @Test
    void end_of_the_call_before_is_derived_and_told_before_the_new_one() {
        plain.sends("incoming", "callId", "TC@1", "number", "300", "name", "Peter");
        plain.sends("incoming", "callId", "TC@1", "number", "400");
        assertThat(presumed(plain)).singleElement().satisfies(end -> {
            assertThat(end.type()).isEqualTo(CALL_ENDED);
            assertThat(end.derived()).isTrue();
            assertThat(end.call().number()).contains("300");
            assertThat(end.call().name()).contains("Peter");
        });
        assertThat(plain.events()).containsExactly(CALL_INCOMING, CALL_ENDED, CALL_INCOMING);
        assertThat(plain.facts()).extracting(EventFact::seq).containsExactly(1L, 2L, 3L);
    }

    @Test
    void same_number_right_after_connecting_is_only_late() {
        plain.sends("connected", "callId", "TC@1", "number", "300");
        plain.later(Duration.ofSeconds(9)).sends("incoming", "callId", "TC@1", "number", "sip:300@h");
        plain.sends("incoming", "callId", "TC@1");
        assertThat(plain.call()).isEqualTo(CallState.CONNECTED);
        assertThat(presumed(plain)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"incoming,connected", "incoming,update", "outgoing,update"})
    void same_number_long_after_the_call_was_last_heard_of_is_a_new_call(String begin, String last) {
        plain.sends(begin, "callId", "TC@1", "number", "300").sends(last, "callId", "TC@1");
        plain.later(Duration.ofSeconds(10)).sends(begin, "callId", "TC@1", "number", "300");
        assertThat(plain.call()).isEqualTo(begin.equals("incoming") ? CallState.RINGING : CallState.DIALING);
        assertThat(presumed(plain)).hasSize(1);
    }

    @Test
    void beginning_told_again_and_again_is_one_call() {
        for (int i = 0; i < 5; i++) {
            plain.sends("incoming", "callId", "1", "number", "42").later(Duration.ofSeconds(6));
        }
        assertThat(presumed(plain)).isEmpty();
        assertThat(plain.calls()).contains("\"since\":\"2026-11-21T08:15:30.000Z\"");
    }

    // The end overtakes its beginning.

    @Test
    void beginning_that_its_end_overtook_begins_nothing_and_is_missed_once() {
        plain.sends("ended", "callId", "9").later(Duration.ofMillis(1999));
        plain.sends("incoming", "callId", "9", "number", "42").sends("incoming", "callId", "9", "number", "42");
        assertThat(plain.calls()).isEqualTo("[]");
        assertThat(plain.events()).containsExactly(CALL_ENDED, CALL_INCOMING, CALL_MISSED, CALL_INCOMING);
        assertThat(plain.facts().get(2).call().number()).contains("42");
    }

    @Test
    void beginning_of_an_outbound_call_that_its_end_overtook_is_not_missed() {
        plain.sends("ended", "callId", "9").sends("outgoing", "callId", "9", "number", "42");
        assertThat(plain.calls()).isEqualTo("[]");
        assertThat(plain.count(CALL_MISSED)).isZero();
    }

    @Test
    void call_that_said_with_its_end_that_it_was_missed_is_not_missed_again_by_its_beginning() {
        PhoneScene telling = new PhoneScene(Acme.TELLING);
        telling.sends("end", "guid", "1", "way", "in", "connected_time", "never")
                .sends("ring", "guid", "1");
        assertThat(telling.count(CALL_MISSED)).isEqualTo(1);
        assertThat(telling.calls()).isEqualTo("[]");
    }

    @Test
    void id_is_used_again_two_seconds_after_its_end_whatever_the_clock_says() {
        plain.sends("incoming", "callId", "1").sends("ended", "callId", "1");
        plain.clockJumps(Duration.ofHours(1)).sends("incoming", "callId", "1");
        assertThat(plain.calls()).as("late").isEqualTo("[]");
        plain.clockJumps(Duration.ofHours(-2)).later(Duration.ofSeconds(2)).sends("incoming", "callId", "1");
        assertThat(plain.call()).isEqualTo(CallState.RINGING);
    }

    @Test
    void another_number_is_another_call_at_once() {
        plain.sends("incoming", "callId", "1", "number", "42").sends("ended", "callId", "1");
        plain.sends("incoming", "callId", "1", "number", "43");
        assertThat(plain.call()).isEqualTo(CallState.RINGING);
    }

    // Ends never come.

    @ParameterizedTest
    @ValueSource(strings = {"incoming", "outgoing"})
    void call_that_is_not_answered_for_five_minutes_is_over(String begin) {
        plain.sends(begin, "callId", "1", "number", "42");
        plain.later(Duration.ofSeconds(299)).sends("update", "callId", "1").expires();
        assertThat(plain.calls()).contains("42");
        plain.later(Duration.ofSeconds(1)).expires().expires();
        assertThat(plain.call()).isEqualTo(CallState.IDLE);
        assertThat(plain.state(Property.PEER_NUMBER)).isEmpty();
        assertThat(plain.state(Property.BUSY)).isEqualTo("OFF");
        assertThat(presumed(plain)).hasSize(1);
        assertThat(plain.lastCall().number()).contains("42");
        assertThat(plain.count(CALL_MISSED)).isZero();
    }

    @Test
    void call_of_which_nothing_was_heard_for_twelve_hours_is_over() {
        plain.sends("incoming", "callId", "1").sends("connected", "callId", "1").sends("incoming", "callId", "2");
        plain.sends("connected", "callId", "2").later(Duration.ofHours(11)).sends("held", "callId", "2");
        plain.later(Duration.ofHours(1)).expires();
        assertThat(plain.call()).isEqualTo(CallState.HELD);
        plain.later(Duration.ofHours(11)).expires();
        assertThat(plain.call()).isEqualTo(CallState.IDLE);
        assertThat(presumed(plain)).hasSize(2);
    }

    @Test
    void jump_of_the_clock_ends_no_call_and_keeps_none() {
        plain.sends("incoming", "callId", "1").clockJumps(Duration.ofDays(4)).expires();
        assertThat(plain.call()).isEqualTo(CallState.RINGING);
        plain.clockJumps(Duration.ofDays(-9)).later(Duration.ofMinutes(5)).expires();
        assertThat(plain.call()).isEqualTo(CallState.IDLE);
    }

    @Test
    void restart_does_not_make_a_call_ring_for_longer() {
        plain.sends("incoming", "callId", "1").later(Duration.ofMinutes(4)).restarts();
        plain.later(Duration.ofSeconds(59)).expires();
        assertThat(plain.call()).isEqualTo(CallState.RINGING);
        plain.later(Duration.ofSeconds(1)).expires();
        assertThat(plain.call()).isEqualTo(CallState.IDLE);
    }

    @Test
    void call_that_is_heard_of_again_after_it_was_taken_to_be_over_lives_on() {
        plain.sends("incoming", "callId", "1", "number", "42");
        plain.later(Duration.ofMinutes(5)).expires().restarts();
        plain.later(Duration.ofSeconds(3)).sends("connected", "callId", "1");
        assertThat(plain.call()).isEqualTo(CallState.CONNECTED);
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("42");
        plain.sends("ended", "callId", "1");
        assertThat(plain.count(CALL_MISSED)).isZero();
    }

    @Test
    void end_that_comes_after_all_makes_the_call_missed_once() {
        plain.sends("incoming", "callId", "1").later(Duration.ofMinutes(5)).expires();
        plain.later(Duration.ofMinutes(1)).sends("ended", "callId", "1").sends("ended", "callId", "1");
        assertThat(plain.count(CALL_MISSED)).isEqualTo(1);
        assertThat(plain.calls()).isEqualTo("[]");
    }

    @Test
    void newest_of_several_ringing_calls_is_the_peer() {
        plain.sends("incoming", "callId", "1", "number", "41").sends("incoming", "callId", "2", "number", "42");
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("42");
        plain.sends("ended", "callId", "2");
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("41");
    }

    @Test
    void call_too_many_takes_the_place_of_one_that_was_never_answered_and_ends_it() {
        plain.sends("connected", "callId", "talk");
        for (int i = 0; i < 20; i++) {
            plain.sends("incoming", "callId", "lost-" + i);
        }
        assertThat(plain.call()).isEqualTo(CallState.CONNECTED);
        assertThat(presumed(plain)).hasSize(5);
        assertThat(presumed(plain).get(0).call().id()).contains("lost-0");
    }

    // No ids.

    @Test
    void number_tells_which_call_ended() {
        full.sends("Incoming Call", "remote", "sip:42@h").sends("Established", "remote", "sip:42@h");
        full.sends("Incoming Call", "remote", "sip:43@h");
        assertThat(full.calls()).contains("\"42\"", "\"43\"");
        full.sends("Terminated", "remote", "<sip:43@h>");
        assertThat(full.call()).isEqualTo(CallState.CONNECTED);
        assertThat(full.state(Property.PEER_NUMBER)).isEqualTo("42");
        full.sends("Terminated", "remote", "sip:42@h");
        assertThat(full.calls()).isEqualTo("[]");
    }

    @Test
    void number_of_the_side_that_is_the_other_one_tells_which_call_ended() {
        PhoneScene byRole = new PhoneScene(Acme.BY_ROLE);
        byRole.sends("dial", "local", "43", "remote", "101").sends("talk", "local", "43", "remote", "101");
        byRole.sends("ring", "local", "101", "remote", "42").sends("end", "local", "101", "remote", "42");
        assertThat(byRole.call()).isEqualTo(CallState.CONNECTED);
        assertThat(byRole.state(Property.PEER_NUMBER)).isEqualTo("43");
    }

    @Test
    void number_that_no_call_has_ends_the_likeliest() {
        full.sends("Incoming Call", "remote", "42").sends("Established").sends("Terminated", "remote", "+4942");
        assertThat(full.calls()).isEqualTo("[]");
    }

    // The phone has no calls.

    @Test
    void boot_ends_calls_and_what_a_phone_has_not_after_it() {
        full.sends("Incoming Call", "call_id", "1")
                .sends("Off-Hook")
                .sends("Mute")
                .sends("Idle to Busy");
        full.sends("Setup Completed");
        assertThat(full.call()).isEqualTo(CallState.IDLE);
        assertThat(full.state(Property.OFF_HOOK)).isEqualTo("OFF");
        assertThat(full.state(Property.MUTE)).isEqualTo("OFF");
        assertThat(full.state(Property.BUSY)).isEqualTo("OFF");
        assertThat(full.events()).endsWith(CALL_ENDED, DEVICE_BOOTED);
        assertThat(presumed(full)).hasSize(1);
    }

    @Test
    void boot_sets_no_state_that_the_vendor_does_not_report() {
        PhoneScene silent = new PhoneScene(Acme.SILENT).sends("boot");
        assertThat(silent.session().states()).isEmpty();
    }

    @Test
    void idle_line_ends_all_calls_once() {
        full.sends("Incoming Call", "call_id", "1").sends("Established", "call_id", "1");
        full.sends("Incoming Call", "call_id", "2").sends("Busy to Idle");
        assertThat(full.call()).isEqualTo(CallState.IDLE);
        assertThat(full.calls()).isEqualTo("[]");
        assertThat(full.events()).endsWith(CALL_ENDED, CALL_ENDED, LINE_IDLE);
        full.sends("Busy to Idle").expires();
        assertThat(presumed(full)).hasSize(2);
    }

    @Test
    void idle_line_of_the_call_before_does_not_hide_the_new_one_for_good() {
        full.sends("Incoming Call", "call_id", "2").sends("Busy to Idle").sends("Established", "call_id", "2");
        assertThat(full.call()).isEqualTo(CallState.CONNECTED);
    }

    @Test
    void what_is_told_of_a_call_after_the_line_is_idle_does_not_bring_it_back() {
        full.sends("Established", "call_id", "1").sends("Busy to Idle").sends("Blind Transfer", "call_id", "1");
        full.sends("Terminated", "call_id", "1").sends("Hold", "call_id", "1");
        assertThat(full.calls()).isEqualTo("[]");
    }
}
