package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.core.common.Moment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CallTest {

    private static final Optional<String> NONE = Optional.empty();
    private static final Optional<Direction> IN = Optional.of(Direction.INBOUND);
    private static final Optional<Direction> OUT = Optional.of(Direction.OUTBOUND);
    private static final Moment START = new Moment(Instant.parse("2026-11-21T08:15:30Z"), 0);
    private static final Moment LATER = after(Duration.ofSeconds(7));
    private static final Duration RING = Duration.ofMinutes(5);
    private static final Duration SILENCE = Duration.ofHours(12);
    private static final CallInfo FULL =
            new CallInfo(text("1"), NONE, IN, text("42"), text("Peter"), text("101"), text("2"));

    private static Moment after(Duration time) {
        return new Moment(START.time().plus(time), time.toNanos());
    }

    private static Optional<String> text(String text) {
        return Optional.of(text);
    }

    private static Call call(CallState state) {
        return Call.begin(state, IN, FULL, START);
    }

    /** An empty text: nothing is said. */
    private static CallInfo said(String id, Optional<Direction> way, String number) {
        return new CallInfo(
                text(id).filter(any -> !any.isEmpty()),
                NONE,
                way,
                text(number).filter(any -> !any.isEmpty()),
                NONE,
                NONE,
                NONE);
    }

    @ParameterizedTest
    @CsvSource({"RINGING,false", "DIALING,false", "CONNECTED,true", "HELD,true", "IDLE,false"})
    void call_is_connected_from_the_beginning_if_it_begins_so(CallState state, boolean connected) {
        assertThat(call(state).connected()).isEqualTo(connected);
        assertThat(call(state).connectedAt()).isEqualTo(connected ? Optional.of(START) : Optional.empty());
    }

    @Test
    void call_comes_into_a_state_once_and_is_connected_since_the_first_time() {
        Call connected = call(CallState.RINGING).in(CallState.CONNECTED, LATER);
        assertThat(connected.since()).isEqualTo(LATER);
        Moment end = after(Duration.ofSeconds(20));
        Call again = connected.in(CallState.CONNECTED, end);
        assertThat(again.since()).isEqualTo(LATER);
        assertThat(again.heard()).isEqualTo(end);
        Call held = again.in(CallState.HELD, end);
        assertThat(held.since()).isEqualTo(end);
        assertThat(held.connectedAt()).contains(LATER);
        assertThat(call(CallState.DIALING).in(CallState.RINGING, LATER).connected())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"RINGING", "DIALING"})
    void call_can_ring_for_so_long_even_if_it_is_heard_of(CallState state) {
        Call rings = call(state).heard(after(RING.minusSeconds(1)));
        assertThat(rings.isOverdue(RING, SILENCE, after(RING.minusNanos(1)))).isFalse();
        assertThat(rings.isOverdue(RING, SILENCE, after(RING))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTED", "HELD"})
    void call_that_stands_is_overdue_when_it_was_not_heard_of(CallState state) {
        assertThat(call(state).isOverdue(RING, SILENCE, after(SILENCE.minusNanos(1))))
                .isFalse();
        assertThat(call(state).isOverdue(RING, SILENCE, after(SILENCE))).isTrue();
        assertThat(call(state).heard(LATER).isOverdue(RING, SILENCE, after(SILENCE)))
                .isFalse();
    }

    @Test
    void call_that_is_over_knows_how_and_since_when() {
        CallEnd how = new CallEnd(CallOutcome.REJECTED, Optional.empty(), true);
        Call over = call(CallState.CONNECTED).over(how, LATER);
        assertThat(over.state()).isEqualTo(CallState.IDLE);
        assertThat(over.end()).contains(how);
        assertThat(over.since()).isEqualTo(LATER);
        assertThat(over.connectedAt()).contains(START);
        assertThat(call(CallState.HELD).over(LATER).state()).isEqualTo(CallState.IDLE);
        assertThat(call(CallState.HELD).over(LATER).end()).isEmpty();
    }

    @Test
    void call_that_stands_anew_keeps_its_state() {
        Call anew = call(CallState.HELD).anew(LATER);
        assertThat(anew.state()).isEqualTo(CallState.HELD);
        assertThat(anew.since()).isEqualTo(LATER);
        assertThat(anew.heard()).isEqualTo(LATER);
    }

    @Test
    void what_an_event_does_not_say_stays() {
        assertThat(call(CallState.RINGING).with(CallInfo.NONE)).isEqualTo(call(CallState.RINGING));
        Call bare = Call.begin(CallState.RINGING, Optional.empty(), CallInfo.NONE, START);
        assertThat(bare.with(FULL).info(NONE)).isEqualTo(FULL);
    }

    @Test
    void what_an_event_says_counts_but_for_id_and_direction_that_are_known() {
        CallInfo other = new CallInfo(text("9"), NONE, OUT, text("43"), text("Ann"), text("102"), text("3"));
        assertThat(call(CallState.RINGING).with(other).info(text("8")))
                .isEqualTo(new CallInfo(text("1"), text("8"), IN, text("43"), text("Ann"), text("102"), text("3")));
    }

    @Test
    void name_goes_with_its_number() {
        assertThat(call(CallState.RINGING).with(said("", IN, "42")).name()).contains("Peter");
        assertThat(call(CallState.RINGING).with(said("", IN, "43")).name()).isEmpty();
        assertThat(call(CallState.RINGING).with(said("", IN, "")).name()).contains("Peter");
    }

    @Test
    void another_direction_or_number_is_another_call() {
        Call call = call(CallState.RINGING);
        assertThat(call.mayBe(said("9", IN, "42"))).isTrue();
        assertThat(call.mayBe(said("", Optional.empty(), ""))).isTrue();
        assertThat(call.mayBe(said("1", OUT, "42"))).isFalse();
        assertThat(call.mayBe(said("1", IN, "43"))).isFalse();
        Call bare = Call.begin(CallState.RINGING, Optional.empty(), CallInfo.NONE, START);
        assertThat(bare.mayBe(said("1", OUT, "43"))).isTrue();
    }

    @Test
    void call_is_named_by_its_id_or_its_number() {
        Call call = call(CallState.RINGING);
        assertThat(call.isNamedBy(said("1", IN, ""))).isTrue();
        assertThat(call.isNamedBy(said("", IN, "42"))).isTrue();
        assertThat(call.isNamedBy(said("9", IN, "43"))).isFalse();
        Call bare = Call.begin(CallState.RINGING, Optional.empty(), CallInfo.NONE, START);
        assertThat(bare.isNamedBy(CallInfo.NONE))
                .as("nothing is known and nothing said")
                .isFalse();
    }
}
