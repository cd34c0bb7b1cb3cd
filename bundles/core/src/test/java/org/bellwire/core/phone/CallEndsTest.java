package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.core.common.Moment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallEndsTest {

    private static final Optional<Direction> IN = Optional.of(Direction.INBOUND);
    private static final Optional<Direction> OUT = Optional.of(Direction.OUTBOUND);
    private static final Moment START = new Moment(Instant.parse("2026-11-21T08:15:30Z"), 0);
    private static final Moment END =
            new Moment(START.time().plusSeconds(9), Duration.ofMillis(9_900).toNanos());
    private static final Optional<Boolean> UNTOLD = Optional.empty();

    private static Optional<Call> call(CallState state) {
        return Optional.of(Call.begin(state, IN, CallInfo.NONE, START));
    }

    private static CallEnd end(Optional<Call> call, Optional<Direction> way, Optional<Boolean> answered) {
        return CallEnds.of(EventType.CALL_ENDED, call, way, answered, END);
    }

    private static CallEnd untold(CallOutcome outcome) {
        return new CallEnd(outcome, Optional.empty(), false);
    }

    @Test
    void call_that_was_connected_is_answered_and_lasted_whole_seconds() {
        assertThat(end(call(CallState.CONNECTED), IN, UNTOLD))
                .isEqualTo(new CallEnd(CallOutcome.ANSWERED, Optional.of(9L), false));
    }

    @Test
    void call_that_was_never_connected_is_missed_or_cancelled_by_its_direction() {
        assertThat(end(call(CallState.RINGING), IN, UNTOLD)).isEqualTo(untold(CallOutcome.MISSED));
        assertThat(end(call(CallState.DIALING), OUT, UNTOLD)).isEqualTo(untold(CallOutcome.CANCELLED));
        assertThat(end(call(CallState.RINGING), Optional.empty(), UNTOLD)).isEqualTo(untold(CallOutcome.UNKNOWN));
    }

    @Test
    void of_a_call_that_nobody_heard_of_nothing_is_known_unless_the_event_tells() {
        assertThat(end(Optional.empty(), IN, UNTOLD)).isEqualTo(untold(CallOutcome.UNKNOWN));
        assertThat(end(Optional.empty(), IN, Optional.of(false))).isEqualTo(untold(CallOutcome.MISSED));
        assertThat(end(Optional.empty(), IN, Optional.of(true))).isEqualTo(untold(CallOutcome.ANSWERED));
    }

    @Test
    void event_that_tells_whether_it_was_answered_is_believed() {
        assertThat(end(call(CallState.CONNECTED), IN, Optional.of(false))).isEqualTo(untold(CallOutcome.MISSED));
        assertThat(end(call(CallState.RINGING), IN, Optional.of(true))).isEqualTo(untold(CallOutcome.ANSWERED));
    }

    @ParameterizedTest
    @CsvSource({"CALL_MISSED,MISSED", "CALL_REJECTED,REJECTED", "CALL_FORWARDED,FORWARDED"})
    void event_that_says_how_it_ended_counts_now_and_later(EventType type, CallOutcome outcome) {
        CallEnd told = new CallEnd(outcome, Optional.empty(), true);
        assertThat(CallEnds.said(type)).contains(outcome);
        assertThat(CallEnds.of(type, call(CallState.RINGING), IN, UNTOLD, END)).isEqualTo(told);
        Optional<Call> over = call(CallState.RINGING).map(call -> call.over(told, END));
        assertThat(end(over, IN, UNTOLD)).isEqualTo(told);
    }

    @Test
    void event_that_comes_after_the_end_may_still_say_how_it_came() {
        CallEnd concluded = new CallEnd(CallOutcome.ANSWERED, Optional.of(3L), false);
        Optional<Call> over = call(CallState.CONNECTED).map(call -> call.over(concluded, END));
        assertThat(end(over, IN, UNTOLD)).as("says nothing new").isEqualTo(concluded);
        assertThat(CallEnds.of(EventType.CALL_FORWARDED, over, IN, UNTOLD, END))
                .isEqualTo(new CallEnd(CallOutcome.FORWARDED, Optional.of(3L), true));
    }

    @Test
    void call_that_has_to_be_over_ended_in_an_unknown_way_and_lasted_as_long_as_is_known() {
        assertThat(CallEnds.presumed(call(CallState.HELD).orElseThrow(), END))
                .isEqualTo(new CallEnd(CallOutcome.UNKNOWN, Optional.of(9L), false));
        assertThat(CallEnds.presumed(call(CallState.RINGING).orElseThrow(), END))
                .isEqualTo(untold(CallOutcome.UNKNOWN));
    }

    @Test
    void no_call_lasted_less_than_nothing() {
        Call early = Call.begin(CallState.CONNECTED, IN, CallInfo.NONE, END);
        assertThat(CallEnds.presumed(early, START).seconds()).contains(0L);
    }
}
