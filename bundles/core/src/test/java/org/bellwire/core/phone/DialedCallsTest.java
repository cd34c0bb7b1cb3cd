package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.core.phone.DialedCalls.DialedCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialedCallsTest {

    private static final Optional<Direction> OUT = Optional.of(Direction.OUTBOUND);
    private static final Optional<Direction> IN = Optional.of(Direction.INBOUND);

    private final DialedCalls calls = new DialedCalls();
    private final List<String> connected = new ArrayList<>();

    private DialedCall dial(String number) {
        return calls.follow(number, () -> connected.add(number));
    }

    /** What an event says; an empty text: nothing. */
    private static CallInfo call(String id, Optional<Direction> way, String number) {
        Optional<String> none = Optional.empty();
        return new CallInfo(said(id), none, way, said(number), none, none, none);
    }

    private static Optional<String> said(String text) {
        return Optional.of(text).filter(any -> !any.isEmpty());
    }

    @Test
    void call_is_followed_from_its_beginning_to_its_end() {
        DialedCall dialed = dial("42");
        calls.happened(EventType.CALL_OUTGOING, call("7", OUT, "42"));
        assertThat(dialed.callId()).contains("7");
        assertThat(dialed.isConnected()).isFalse();
        assertThat(connected).isEmpty();
        calls.happened(EventType.CALL_CONNECTED, call("7", OUT, "42"));
        assertThat(dialed.isConnected()).isTrue();
        assertThat(connected).containsExactly("42");
        assertThat(dialed.isOver()).isFalse();
        calls.happened(EventType.CALL_ENDED, call("7", OUT, "42"));
        assertThat(dialed.isOver()).isTrue();
    }

    @Test
    void connection_that_is_told_again_counts_once() {
        dial("42");
        calls.happened(EventType.CALL_CONNECTED, call("7", OUT, "42"));
        calls.happened(EventType.CALL_CONNECTED, call("7", OUT, "42"));
        assertThat(connected).containsExactly("42");
    }

    @ParameterizedTest
    @CsvSource({"0711,00711", "00711,0711", "42,42", "42,''"})
    void number_may_be_reported_with_or_without_what_is_dialled_before_it(String dialled, String reported) {
        dial(dialled);
        calls.happened(EventType.CALL_CONNECTED, call("", Optional.empty(), reported));
        assertThat(connected).containsExactly(dialled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"43", "421", "0"})
    void call_to_another_number_is_not_meant(String reported) {
        DialedCall dialed = dial("42");
        calls.happened(EventType.CALL_OUTGOING, call("7", OUT, reported));
        calls.happened(EventType.CALL_CONNECTED, call("7", OUT, reported));
        calls.happened(EventType.CALL_ENDED, call("7", OUT, reported));
        assertThat(connected).isEmpty();
        assertThat(dialed.callId()).isEmpty();
        assertThat(dialed.isOver()).isFalse();
    }

    @Test
    void call_from_the_number_that_was_dialled_is_not_meant() {
        DialedCall dialed = dial("42");
        calls.happened(EventType.CALL_CONNECTED, call("7", IN, "42"));
        assertThat(connected).isEmpty();
        assertThat(dialed.isConnected()).isFalse();
    }

    @Test
    void call_that_is_known_by_its_id_is_told_apart_by_it() {
        DialedCall dialed = dial("42");
        calls.happened(EventType.CALL_OUTGOING, call("7", OUT, "42"));
        calls.happened(EventType.CALL_CONNECTED, call("8", OUT, "42"));
        assertThat(connected).as("another call to the same number").isEmpty();
        calls.happened(EventType.CALL_CONNECTED, call("7", OUT, "4711"));
        assertThat(connected).as("transferred meanwhile").containsExactly("42");
        assertThat(dialed.callId()).contains("7");
    }

    @Test
    void call_keeps_the_id_that_it_had_first() {
        DialedCall dialed = dial("42");
        calls.happened(EventType.CALL_OUTGOING, call("", OUT, "42"));
        assertThat(dialed.callId()).isEmpty();
        calls.happened(EventType.CALL_CONNECTED, call("7", OUT, "42"));
        assertThat(dialed.callId()).contains("7");
    }

    @Test
    void first_of_two_calls_to_one_number_is_meant() {
        DialedCall first = dial("42");
        DialedCall second = dial("42");
        calls.happened(EventType.CALL_OUTGOING, call("7", OUT, "42"));
        assertThat(first.callId()).contains("7");
        assertThat(second.callId()).isEmpty();
    }

    @Test
    void call_that_begins_after_the_dial_is_overdue_is_another() {
        DialedCall dialed = dial("42");
        dialed.overdue();
        assertThat(dialed.isOver()).isFalse();
        calls.happened(EventType.CALL_OUTGOING, call("7", OUT, "42"));
        assertThat(dialed.isOver()).isTrue();
        calls.happened(EventType.CALL_CONNECTED, call("7", OUT, "42"));
        assertThat(connected).isEmpty();
    }

    @Test
    void call_that_has_begun_in_time_goes_on_when_another_begins() {
        DialedCall dialed = dial("42");
        calls.happened(EventType.CALL_OUTGOING, call("7", OUT, "42"));
        dialed.overdue();
        calls.happened(EventType.CALL_OUTGOING, call("8", OUT, "43"));
        assertThat(dialed.isOver()).isFalse();
        calls.happened(EventType.CALL_CONNECTED, call("7", OUT, "42"));
        assertThat(connected).containsExactly("42");
    }

    @Test
    void dial_that_is_not_overdue_outlives_the_beginning_of_another_call() {
        DialedCall dialed = dial("42");
        calls.happened(EventType.CALL_OUTGOING, call("8", OUT, "43"));
        assertThat(dialed.isOver()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"CALL_ENDED", "CALL_MISSED", "CALL_REJECTED", "CALL_FORWARDED"})
    void end_of_any_kind_ends_the_call_that_it_means_and_no_other(EventType end) {
        DialedCall dialed = dial("42");
        DialedCall other = dial("43");
        calls.happened(end, call("", OUT, "42"));
        assertThat(dialed.isOver()).isTrue();
        assertThat(other.isOver()).isFalse();
        calls.happened(EventType.CALL_CONNECTED, call("", OUT, "42"));
        assertThat(connected).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CALL_HELD", "CALL_INCOMING", "CALL_UPDATED", "DND_ON"})
    void other_events_change_nothing(EventType type) {
        DialedCall dialed = dial("42");
        calls.happened(type, call("7", OUT, "42"));
        assertThat(dialed.callId()).isEmpty();
        assertThat(dialed.isConnected()).isFalse();
        assertThat(dialed.isOver()).isFalse();
        assertThat(connected).isEmpty();
    }

    @Test
    void phone_that_boots_has_no_calls_any_more() {
        DialedCall first = dial("42");
        DialedCall second = dial("43");
        calls.happened(EventType.DEVICE_BOOTED, CallInfo.NONE);
        assertThat(List.of(first.isOver(), second.isOver())).containsOnly(true);
        calls.happened(EventType.CALL_CONNECTED, call("", OUT, "42"));
        assertThat(connected).isEmpty();
    }

    @Test
    void one_call_too_many_ends_the_oldest_only() {
        List<DialedCall> dialed = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            dialed.add(dial("4" + i));
        }
        assertThat(dialed).noneMatch(DialedCall::isOver);
        dialed.add(dial("45"));
        assertThat(dialed).extracting(DialedCall::isOver).containsExactly(true, false, false, false, false);
        calls.happened(EventType.CALL_CONNECTED, call("", OUT, "41"));
        calls.happened(EventType.CALL_CONNECTED, call("", OUT, "45"));
        assertThat(connected).containsExactly("45");
    }

    @Test
    void call_that_is_forgotten_is_over_and_makes_room() {
        DialedCall first = dial("41");
        DialedCall second = dial("42");
        calls.forget(second);
        assertThat(second.isOver()).isTrue();
        for (int i = 3; i <= 5; i++) {
            dial("4" + i);
        }
        assertThat(first.isOver()).isFalse();
        calls.happened(EventType.CALL_CONNECTED, call("", OUT, "42"));
        assertThat(connected).isEmpty();
    }
}
