package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.api.EventType.CALL_CONNECTED;
import static org.bellwire.api.EventType.CALL_ENDED;
import static org.bellwire.api.EventType.CALL_HELD;
import static org.bellwire.api.EventType.CALL_INCOMING;
import static org.bellwire.api.EventType.CALL_MISSED;
import static org.bellwire.api.EventType.CALL_REJECTED;
import static org.bellwire.api.EventType.CALL_RESUMED;

import java.time.Duration;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.api.Property;
import org.bellwire.core.phone.EventFact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallModelTest {

    private final PhoneScene plain = new PhoneScene(Acme.PLAIN);
    private final PhoneScene full = new PhoneScene(Acme.FULL);
    private final PhoneScene byRole = new PhoneScene(Acme.BY_ROLE);

    @Test
    void call_states_are_unknown_before_the_first_event() {
        plain.sends("conferenced", "callId", "1");
        assertThat(plain.state(Property.CALL)).isEqualTo("unknown");
        assertThat(plain.session().callState()).isEmpty();
    }

    @Test
    void an_inbound_call_rings_connects_and_ends() {
        plain.sends("incoming", "callId", "1", "number", "sip:42@host", "name", "Peter");
        assertThat(plain.call()).isEqualTo(CallState.RINGING);
        assertThat(plain.state(Property.DIRECTION)).isEqualTo("inbound");
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("42");
        assertThat(plain.state(Property.PEER_NAME)).isEqualTo("Peter");
        assertThat(plain.state(Property.BUSY)).isEqualTo("ON");
        plain.sends("connected", "callId", "1");
        assertThat(plain.call()).isEqualTo(CallState.CONNECTED);
        plain.sends("ended", "callId", "1");
        assertThat(plain.call()).isEqualTo(CallState.IDLE);
        assertThat(plain.calls()).isEqualTo("[]");
        assertThat(plain.state(Property.DIRECTION)).isEmpty();
        assertThat(plain.state(Property.PEER_NUMBER)).isEmpty();
        assertThat(plain.state(Property.PEER_NAME)).isEmpty();
        assertThat(plain.state(Property.BUSY)).isEqualTo("OFF");
        assertThat(plain.events()).containsExactly(CALL_INCOMING, CALL_CONNECTED, CALL_ENDED);
    }

    @Test
    void an_unanswered_inbound_call_is_missed_after_its_end_with_its_peer() {
        plain.sends("incoming", "callId", "1", "number", "42").sends("ended", "callId", "1");
        assertThat(plain.events()).containsExactly(CALL_INCOMING, CALL_ENDED, CALL_MISSED);
        assertThat(plain.facts().get(1).derived()).isFalse();
        assertThat(plain.facts().get(2).derived()).isTrue();
        assertThat(plain.lastCall().number()).contains("42");
        assertThat(plain.facts()).extracting(EventFact::seq).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_repeated_end_is_missed_only_once() {
        plain.sends("incoming", "callId", "1").sends("ended", "callId", "1").sends("ended", "callId", "1");
        assertThat(plain.count(CALL_MISSED)).isEqualTo(1);
        assertThat(plain.count(CALL_ENDED)).isEqualTo(2);
    }

    @Test
    void a_repeated_end_spares_another_call_that_has_no_id() {
        plain.sends("incoming", "callId", "1").sends("ended", "callId", "1");
        plain.sends("incoming").sends("ended", "callId", "1");
        assertThat(plain.count(CALL_MISSED)).isEqualTo(1);
        assertThat(plain.call()).isEqualTo(CallState.RINGING);
        plain.later(Duration.ofSeconds(10)).sends("ended");
        assertThat(plain.count(CALL_MISSED)).isEqualTo(2);
        assertThat(plain.calls()).isEqualTo("[]");
    }

    @Test
    void a_repeated_end_without_an_id_is_missed_only_once() {
        plain.sends("incoming").sends("ended").sends("ended");
        assertThat(plain.events()).containsExactly(CALL_INCOMING, CALL_ENDED, CALL_MISSED, CALL_ENDED);
    }

    @Test
    void an_outbound_or_held_or_connected_call_is_not_missed() {
        plain.sends("outgoing", "callId", "1").sends("ended", "callId", "1");
        plain.sends("incoming", "callId", "2").sends("held", "callId", "2").sends("ended", "callId", "2");
        plain.sends("incoming", "callId", "3").sends("connected", "callId", "3").sends("ended", "callId", "3");
        assertThat(plain.count(CALL_MISSED)).isZero();
    }

    @Test
    void the_end_of_an_unknown_call_is_not_missed() {
        plain.sends("ended", "callId", "9").sends("ended");
        assertThat(plain.events()).containsExactly(CALL_ENDED, CALL_ENDED);
        assertThat(plain.call()).isEqualTo(CallState.IDLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Missed Call,Terminated", "Terminated,Missed Call", "Terminated,Terminated,Missed Call"})
    void a_vendor_with_its_own_missed_never_gets_a_derived_one(String order) {
        full.sends("Incoming Call", "call_id", "1");
        for (String end : order.split(",")) {
            full.sends(end, "call_id", "1");
        }
        assertThat(full.count(CALL_MISSED)).isEqualTo(1);
        assertThat(full.facts()).noneMatch(EventFact::derived);
        assertThat(full.calls()).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({
        "Reject Incoming Call,Terminated",
        "Terminated,Reject Incoming Call",
        "Forward Incoming Call,Terminated",
        "Terminated,Forward Incoming Call",
        "Missed Call,Reject Incoming Call"
    })
    void a_late_event_after_any_two_ends_does_not_bring_the_call_back(String first, String second) {
        full.sends("Incoming Call", "call_id", "1").sends(first, "call_id", "1").sends(second, "call_id", "1");
        assertThat(full.call()).isEqualTo(CallState.IDLE);
        full.sends("Established", "call_id", "1").sends("Hold", "call_id", "1");
        assertThat(full.call()).isEqualTo(CallState.IDLE);
        assertThat(full.calls()).isEqualTo("[]");
    }

    @Test
    void a_rejected_call_without_an_id_ends_the_ringing_one_and_spares_the_connected_one() {
        full.sends("Outgoing Call").sends("Established").sends("Incoming Call").sends("Reject Incoming Call");
        assertThat(full.call()).isEqualTo(CallState.CONNECTED);
        assertThat(full.state(Property.DIRECTION)).isEqualTo("outbound");
    }

    @Test
    void a_missed_call_that_the_phone_never_announced_spares_the_connected_one() {
        full.sends("Incoming Call").sends("Established").sends("Missed Call");
        assertThat(full.call()).isEqualTo(CallState.CONNECTED);
    }

    @Test
    void a_repeated_end_holds_off_what_comes_late_for_as_long_again() {
        plain.sends("incoming", "callId", "1").sends("ended", "callId", "1");
        plain.later(Duration.ofSeconds(9)).sends("ended", "callId", "1");
        plain.later(Duration.ofSeconds(9)).sends("held", "callId", "1");
        assertThat(plain.calls()).isEqualTo("[]");
    }

    @Test
    void an_event_that_overtook_its_end_does_not_start_a_call() {
        plain.sends("ended", "callId", "1").sends("connected", "callId", "1");
        assertThat(plain.call()).isEqualTo(CallState.IDLE);
    }

    @Test
    void a_connected_that_overtook_its_incoming_is_one_call() {
        plain.sends("connected").sends("incoming", "number", "42");
        assertThat(plain.call()).isEqualTo(CallState.CONNECTED);
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("42");
        plain.sends("ended");
        assertThat(plain.calls()).isEqualTo("[]");
    }

    @Test
    void a_phone_that_says_that_a_call_was_never_answered_is_believed_once() {
        PhoneScene telling = new PhoneScene(Acme.TELLING);
        telling.sends("end", "guid", "1", "way", "in", "connected_time", "never");
        assertThat(telling.events()).containsExactly(CALL_ENDED, CALL_MISSED);
        telling.later(Duration.ofMinutes(1)).sends("end", "guid", "1", "way", "in", "connected_time", "never");
        assertThat(telling.count(CALL_MISSED)).isEqualTo(1);
    }

    @Test
    void a_phone_that_says_that_a_call_was_answered_is_believed() {
        PhoneScene telling = new PhoneScene(Acme.TELLING);
        telling.sends("ring", "guid", "1").sends("end", "guid", "1", "connected_time", "08:15");
        assertThat(telling.count(CALL_MISSED)).isZero();
        telling.sends("end", "guid", "2", "way", "out", "connected_time", "never");
        assertThat(telling.count(CALL_MISSED)).isZero();
    }

    @Test
    void a_phone_that_does_not_say_which_call_ended_unanswered_is_missed_once() {
        PhoneScene telling = new PhoneScene(Acme.TELLING).sends("ring");
        telling.sends("end", "connected_time", "never", "way", "in");
        telling.sends("end", "connected_time", "never", "way", "in");
        assertThat(telling.count(CALL_MISSED)).isEqualTo(1);
    }

    @Test
    void connected_of_a_held_call_is_resumed_once() {
        plain.sends("incoming", "callId", "1")
                .sends("connected", "callId", "1")
                .sends("held", "callId", "1")
                .sends("connected", "callId", "1")
                .sends("connected", "callId", "1");
        assertThat(plain.events())
                .containsExactly(CALL_INCOMING, CALL_CONNECTED, CALL_HELD, CALL_RESUMED, CALL_CONNECTED);
        assertThat(plain.facts().get(3).derived()).isTrue();
        assertThat(plain.facts().get(4).derived()).isFalse();
        assertThat(plain.call()).isEqualTo(CallState.CONNECTED);
    }

    @Test
    void a_vendor_with_its_own_resumed_never_gets_a_derived_one() {
        full.sends("Incoming Call").sends("Established").sends("Hold").sends("Established");
        assertThat(full.count(CALL_RESUMED)).isZero();
        assertThat(full.call()).isEqualTo(CallState.CONNECTED);
    }

    @Test
    void one_hold_event_for_both_ways_is_read_by_its_variable() {
        byRole.sends("dial").sends("talk").sends("hold", "hold_state", "on_hold");
        assertThat(byRole.call()).isEqualTo(CallState.HELD);
        byRole.sends("hold", "hold_state", "OFF_HOLD");
        assertThat(byRole.call()).isEqualTo(CallState.CONNECTED);
        assertThat(byRole.events()).endsWith(CALL_HELD, CALL_RESUMED);
    }

    @ParameterizedTest
    @CsvSource({
        "connected outgoing incoming,CONNECTED",
        "outgoing incoming,DIALING",
        "incoming held,RINGING",
        "held held,HELD",
        "held incoming connected,CONNECTED"
    })
    void the_phone_speaks_of_the_first_of_connected_dialing_ringing_held(String events, CallState expected) {
        int id = 0;
        for (String event : events.split(" ")) {
            plain.sends(event, "callId", "call-" + id++);
        }
        assertThat(plain.call()).isEqualTo(expected);
    }

    @Test
    void the_peer_is_that_of_the_call_that_speaks() {
        plain.sends("incoming", "callId", "1", "number", "42")
                .sends("connected", "callId", "1")
                .sends("incoming", "callId", "2", "number", "43");
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("42");
        plain.sends("ended", "callId", "1");
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("43");
        assertThat(plain.call()).isEqualTo(CallState.RINGING);
        assertThat(plain.calls())
                .isEqualTo("[{\"id\":\"2\",\"state\":\"ringing\",\"direction\":\"inbound\",\"number\":\"43\","
                        + "\"since\":\"2026-11-21T08:15:30.000Z\"}]");
    }

    @Test
    void since_is_when_the_call_came_into_its_state() {
        plain.sends("incoming", "callId", "1")
                .later(Duration.ofSeconds(5))
                .sends("connected", "callId", "1")
                .later(Duration.ofSeconds(5))
                .sends("update", "callId", "1", "number", "7")
                .sends("connected", "callId", "1");
        assertThat(plain.calls()).contains("\"since\":\"2026-11-21T08:15:35.000Z\"");
    }

    @Test
    void an_id_that_is_used_again_is_a_new_call() {
        plain.sends("incoming", "callId", "TC@1", "number", "42").sends("ended", "callId", "TC@1");
        plain.sends("incoming", "callId", "TC@1", "number", "43");
        assertThat(plain.call()).isEqualTo(CallState.RINGING);
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("43");
        plain.sends("ended", "callId", "TC@1");
        assertThat(plain.count(CALL_MISSED)).isEqualTo(2);
    }

    @Test
    void an_id_that_is_used_again_after_a_lost_end_is_a_new_call_when_it_goes_the_other_way() {
        plain.sends("incoming", "callId", "TC@1", "number", "42");
        plain.sends("outgoing", "callId", "TC@1", "number", "43");
        assertThat(plain.call()).isEqualTo(CallState.DIALING);
        assertThat(plain.state(Property.DIRECTION)).isEqualTo("outbound");
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("43");
        plain.sends("ended", "callId", "TC@1");
        assertThat(plain.count(CALL_MISSED)).isZero();
        assertThat(plain.calls()).isEqualTo("[]");
    }

    @Test
    void an_id_that_is_used_again_by_a_phone_that_announces_no_calls_is_a_new_call_after_a_while() {
        plain.sends("connected", "callId", "TC@1").sends("ended", "callId", "TC@1");
        plain.later(Duration.ofMinutes(1)).sends("connected", "callId", "TC@1");
        assertThat(plain.call()).isEqualTo(CallState.CONNECTED);
        plain.sends("ended", "callId", "TC@1");
        assertThat(plain.calls()).isEqualTo("[]");
    }

    @Test
    void a_call_learns_its_id_from_a_later_event() {
        plain.sends("incoming", "number", "42").sends("connected", "callId", "1");
        assertThat(plain.calls()).contains("\"id\":\"1\"").contains("\"number\":\"42\"");
        plain.sends("ended", "callId", "1");
        assertThat(plain.calls()).isEqualTo("[]");
    }

    @Test
    void a_second_call_learns_its_id_while_the_first_has_one() {
        plain.sends("incoming").sends("connected", "callId", "1");
        plain.sends("incoming").sends("connected", "callId", "2");
        plain.sends("ended", "callId", "1").sends("ended", "callId", "2");
        assertThat(plain.calls()).isEqualTo("[]");
    }

    @Test
    void an_end_without_an_id_ends_the_only_call() {
        plain.sends("incoming", "callId", "1").sends("ended");
        assertThat(plain.call()).isEqualTo(CallState.IDLE);
        assertThat(plain.events()).endsWith(CALL_ENDED, CALL_MISSED);
        assertThat(plain.lastCall().id()).contains("1");
    }

    @Test
    void a_conference_tells_the_other_call_and_leaves_the_peer_alone() {
        plain.sends("incoming", "callId", "1", "number", "42", "name", "Peter")
                .sends("conferenced", "callId", "1", "callId2", "2", "number", "99");
        assertThat(plain.lastCall().otherId()).contains("2");
        assertThat(plain.lastCall().number()).contains("99");
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("42");
        assertThat(plain.state(Property.PEER_NAME)).isEqualTo("Peter");
    }

    @Test
    void a_transfer_tells_its_target_and_leaves_the_peer_alone() {
        plain.sends("incoming", "callId", "1", "number", "42")
                .sends("connected", "callId", "1")
                .sends("transfer_done", "callId", "1", "number", "77");
        assertThat(plain.lastCall().number()).contains("77");
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("42");
        assertThat(plain.call()).isEqualTo(CallState.CONNECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"transferred", "update"})
    void a_new_far_side_changes_the_peer_and_drops_the_old_name(String event) {
        plain.sends("incoming", "callId", "1", "number", "42", "name", "Peter")
                .sends("connected", "callId", "1")
                .sends(event, "callId", "1", "number", "43");
        assertThat(plain.state(Property.PEER_NUMBER)).isEqualTo("43");
        assertThat(plain.state(Property.PEER_NAME)).isEmpty();
        assertThat(plain.call()).isEqualTo(CallState.CONNECTED);
    }

    @Test
    void events_that_say_nothing_of_the_peer_keep_it() {
        plain.sends("incoming", "callId", "1", "number", "42", "name", "Peter").sends("connected", "callId", "1");
        assertThat(plain.lastCall().number()).contains("42");
        assertThat(plain.lastCall().name()).contains("Peter");
        assertThat(plain.lastCall().direction()).contains(Direction.INBOUND);
    }

    @Test
    void the_caller_is_the_peer_of_an_inbound_call_by_role() {
        byRole.sends("ring", "call_id", "1", "local", "101", "remote", "42", "display_remote", "Peter");
        assertThat(byRole.state(Property.PEER_NUMBER)).isEqualTo("42");
        assertThat(byRole.state(Property.PEER_NAME)).isEqualTo("Peter");
        assertThat(byRole.lastCall().local()).contains("101");
    }

    @Test
    void the_callee_is_the_peer_of_an_outbound_call_by_role_also_in_later_events() {
        byRole.sends("dial", "call_id", "1", "local", "43").sends("talk", "call_id", "1", "local", "43");
        assertThat(byRole.state(Property.PEER_NUMBER)).isEqualTo("43");
        assertThat(byRole.state(Property.DIRECTION)).isEqualTo("outbound");
        assertThat(byRole.lastCall().local()).isEmpty();
        byRole.sends("end", "call_id", "1", "local", "43");
        assertThat(byRole.lastCall().number()).contains("43");
    }

    @Test
    void a_boot_ends_all_calls() {
        full.sends("Incoming Call", "call_id", "1").sends("Setup Completed");
        assertThat(full.call()).isEqualTo(CallState.IDLE);
        assertThat(full.calls()).isEqualTo("[]");
    }

    @Test
    void a_boot_of_a_phone_that_knows_no_calls_sets_no_call_states() {
        PhoneScene silent = new PhoneScene(Acme.SILENT).sends("boot");
        assertThat(silent.session().states()).isEmpty();
    }

    @Test
    void busy_is_the_vendors_own_where_it_reports_it() {
        full.sends("Incoming Call", "call_id", "1");
        assertThat(full.state(Property.BUSY)).isEqualTo("unknown");
        full.sends("Idle to Busy");
        assertThat(full.state(Property.BUSY)).isEqualTo("ON");
        full.sends("Terminated", "call_id", "1");
        assertThat(full.state(Property.BUSY)).isEqualTo("ON");
        full.sends("Busy to Idle");
        assertThat(full.state(Property.BUSY)).isEqualTo("OFF");
    }

    @Test
    void calls_stay_bounded_when_no_end_ever_comes() {
        for (int i = 0; i < 100; i++) {
            plain.sends("incoming", "callId", "lost-" + i);
        }
        assertThat(plain.calls().split("\"state\"", -1)).hasSize(17);
        assertThat(plain.calls()).contains("lost-99");
    }

    @Test
    void an_event_without_any_variable_is_taken_in() {
        full.sends("Reject Incoming Call").sends("Blind Transfer");
        assertThat(full.events().get(0)).isEqualTo(CALL_REJECTED);
        assertThat(full.facts().get(0).call().id()).isEqualTo(Optional.empty());
    }
}
