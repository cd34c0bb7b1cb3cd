package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.api.EventType.CALL_CONNECTED;
import static org.bellwire.api.EventType.CALL_ENDED;
import static org.bellwire.api.EventType.CALL_INCOMING;
import static org.bellwire.api.EventType.CALL_MISSED;
import static org.bellwire.api.EventType.CALL_OUTGOING;
import static org.bellwire.api.EventType.LINE_IDLE;

import java.time.Duration;
import org.bellwire.api.CallState;
import org.bellwire.api.Property;
import org.bellwire.core.phone.CallOutcome;
import org.bellwire.core.phone.EventFact;
import org.bellwire.core.phone.PhoneSnapshot;
import org.junit.jupiter.api.Test;

/** Calls whose events were lost or overtook one another. */
class CallLossTest {

    private final PhoneScene plain = new PhoneScene(Acme.PLAIN);
    private final PhoneScene full = new PhoneScene(Acme.FULL);

    private EventFact last() {
        return plain.facts().get(plain.facts().size() - 1);
    }

    @Test
    void inbound_call_whose_end_overtook_its_beginning_was_missed() {
        plain.sends("ended", "callId", "1").sends("incoming", "callId", "1", "number", "42");
        assertThat(plain.events()).containsExactly(CALL_ENDED, CALL_INCOMING, CALL_MISSED);
        assertThat(plain.state(Property.MISSED)).isEqualTo("1");
        assertThat(plain.calls()).isEqualTo("[]");
        assertThat(last().end().orElseThrow().outcome()).isEqualTo(CallOutcome.MISSED);
        assertThat(last().call().number()).contains("42");
        plain.sends("incoming", "callId", "1", "number", "42");
        assertThat(plain.count(CALL_MISSED)).as("told again").isEqualTo(1);
    }

    @Test
    void outbound_call_whose_end_overtook_its_beginning_is_over_and_not_missed() {
        plain.sends("ended", "callId", "1").sends("outgoing", "callId", "1");
        assertThat(plain.events()).containsExactly(CALL_ENDED, CALL_OUTGOING);
        assertThat(plain.calls()).isEqualTo("[]");
        assertThat(last().end()).isEmpty();
    }

    @Test
    void call_that_was_connected_before_its_late_beginning_was_not_missed() {
        plain.sends("connected", "callId", "1").sends("ended", "callId", "1").sends("incoming", "callId", "1");
        assertThat(plain.events()).containsExactly(CALL_CONNECTED, CALL_ENDED, CALL_INCOMING);
        assertThat(plain.calls()).isEqualTo("[]");
    }

    @Test
    void vendor_that_says_itself_what_was_missed_is_left_to_say_so() {
        full.sends("Terminated", "call_id", "1").sends("Incoming Call", "call_id", "1");
        assertThat(full.events()).containsExactly(CALL_ENDED, CALL_INCOMING);
        assertThat(full.calls()).isEqualTo("[]");
    }

    @Test
    void beginning_two_seconds_after_an_end_is_another_call() {
        plain.sends("ended", "callId", "1").later(Duration.ofSeconds(2)).sends("incoming", "callId", "1");
        assertThat(plain.call()).isEqualTo(CallState.RINGING);
        assertThat(plain.count(CALL_MISSED)).isZero();
    }

    @Test
    void beginning_that_is_told_again_soon_is_the_same_call_and_later_another() {
        plain.sends("incoming", "callId", "1", "number", "42").later(Duration.ofSeconds(9));
        plain.sends("incoming", "callId", "1", "number", "42");
        assertThat(plain.events()).containsExactly(CALL_INCOMING, CALL_INCOMING);
        plain.later(Duration.ofSeconds(10)).sends("incoming", "callId", "1", "number", "42");
        assertThat(plain.events()).containsExactly(CALL_INCOMING, CALL_INCOMING, CALL_ENDED, CALL_INCOMING);
        assertThat(plain.facts().get(2).presumed()).isTrue();
        assertThat(plain.calls()).contains("08:15:49.000Z").doesNotContain("08:15:30.000Z");
    }

    @Test
    void beginning_that_names_nobody_is_the_call_that_rings() {
        plain.sends("incoming").later(Duration.ofSeconds(20)).sends("incoming");
        assertThat(plain.events()).containsExactly(CALL_INCOMING, CALL_INCOMING);
        assertThat(plain.calls().split("\"state\"", -1)).hasSize(2);
    }

    @Test
    void idle_line_ends_calls_until_one_proves_to_live_on() {
        full.sends("Incoming Call", "call_id", "1", "remote", "42").sends("Busy to Idle");
        assertThat(full.calls()).isEqualTo("[]");
        assertThat(full.events()).containsExactly(CALL_INCOMING, CALL_ENDED, LINE_IDLE);
        assertThat(full.facts().get(1).presumed()).isTrue();
        full.sends("Established", "call_id", "1");
        assertThat(full.call()).isEqualTo(CallState.CONNECTED);
        assertThat(full.state(Property.PEER_NUMBER)).isEqualTo("42");
    }

    @Test
    void boot_ends_calls_for_good() {
        full.sends("Incoming Call", "call_id", "1").sends("Setup Completed").sends("Established", "call_id", "1");
        assertThat(full.call()).isEqualTo(CallState.IDLE);
        assertThat(full.count(CALL_ENDED)).isEqualTo(1);
    }

    @Test
    void boot_switches_off_what_a_phone_that_has_just_started_has_not() {
        full.sends("Off-Hook").sends("Mute").sends("Idle to Busy").sends("Open DND");
        full.sends("Setup Completed");
        assertThat(full.state(Property.OFF_HOOK)).isEqualTo("OFF");
        assertThat(full.state(Property.MUTE)).isEqualTo("OFF");
        assertThat(full.state(Property.BUSY)).isEqualTo("OFF");
        assertThat(full.state(Property.DND)).isEqualTo("ON");
    }

    @Test
    void event_sets_what_its_row_says_beside_its_meaning() {
        full.sends("Mute").sends("Terminated", "call_id", "1");
        assertThat(full.state(Property.MUTE)).isEqualTo("OFF");
    }

    @Test
    void event_after_the_end_still_tells_whose_call_it_was() {
        plain.sends("incoming", "callId", "1", "number", "42").sends("ended", "callId", "1");
        plain.sends("update", "callId", "1");
        assertThat(plain.lastCall().number()).contains("42");
        plain.sends("held", "callId", "1");
        assertThat(plain.lastCall().number()).contains("42");
        assertThat(plain.calls()).isEqualTo("[]");
    }

    @Test
    void newest_of_the_ringing_calls_and_the_first_of_others_speaks() {
        plain.sends("outgoing", "callId", "1", "number", "41").sends("outgoing", "callId", "2", "number", "42");
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("41");
        plain.sends("ended", "callId", "1").sends("ended", "callId", "2");
        plain.sends("incoming", "callId", "3", "number", "43").sends("incoming", "callId", "4", "number", "44");
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("44");
    }

    @Test
    void one_call_too_many_takes_the_place_of_one_that_was_never_connected() {
        plain.sends("incoming", "callId", "stands").sends("connected", "callId", "stands");
        for (int i = 1; i <= 16; i++) {
            plain.sends("incoming", "callId", "call-" + i);
        }
        assertThat(plain.calls()).contains("\"stands\"", "\"call-16\"").doesNotContain("\"call-1\"");
        assertThat(plain.count(CALL_ENDED)).isEqualTo(1);
        assertThat(plain.facts())
                .filteredOn(EventFact::presumed)
                .singleElement()
                .satisfies(fact -> assertThat(fact.call().id()).contains("call-1"));
    }

    @Test
    void what_is_recalled_takes_the_place_of_what_was_known() {
        plain.sends("incoming", "callId", "1", "number", "41");
        PhoneSnapshot before = plain.session().snapshot();
        plain.sends("incoming", "callId", "2", "number", "42");
        plain.session().recall(before, Acme.PLAIN, true);
        assertThat(plain.calls()).contains("\"1\"").doesNotContain("\"2\"");
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("41");
    }

    @Test
    void address_that_a_phone_reports_is_a_state() {
        PhoneScene silent = new PhoneScene(Acme.SILENT).sends("ip", "ip", "192.0.2.7");
        assertThat(silent.state(Property.IP)).isEqualTo("192.0.2.7");
    }
}
