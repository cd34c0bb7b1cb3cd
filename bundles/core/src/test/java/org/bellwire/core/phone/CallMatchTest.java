package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.api.Variables;
import org.bellwire.api.spi.ReadBack.SeenCall;
import org.bellwire.core.Acme;
import org.bellwire.core.common.Moment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallMatchTest {

    private static final Moment START = new Moment(Instant.parse("2026-11-21T08:15:30Z"), 0);
    private static final Optional<Direction> IN = Optional.of(Direction.INBOUND);
    private static final Optional<Direction> OUT = Optional.of(Direction.OUTBOUND);
    private static final Optional<Direction> ANY = Optional.empty();

    /** An empty text: nothing is said. */
    private static CallInfo said(String id, Optional<Direction> way, String number) {
        Optional<String> none = Optional.empty();
        return new CallInfo(text(id), none, way, text(number), none, none, none);
    }

    private static Optional<String> text(String text) {
        return Optional.of(text).filter(any -> !any.isEmpty());
    }

    private static Call call(CallState state, Optional<Direction> way, String id, String number) {
        return Call.begin(state, way, said(id, way, number), START);
    }

    private static SeenCall seen(CallState state, String number) {
        return new SeenCall(state, ANY, text(number), Optional.empty());
    }

    private static Optional<Call> meant(List<Call> calls, EventType type, String... pairs) {
        Variables.Builder variables = new Variables.Builder();
        for (int i = 0; i < pairs.length; i += 2) {
            variables.add(pairs[i], pairs[i + 1]);
        }
        return CallMatch.meant(calls, type, Acme.PLAIN.callVariables(), variables.build());
    }

    @Test
    void beginning_speaks_of_the_call_with_its_id_whatever_else_is_there() {
        Call named = call(CallState.CONNECTED, OUT, "1", "42");
        Call other = call(CallState.RINGING, IN, "", "43");
        assertThat(CallMatch.begun(List.of(other, named), said("1", IN, "43"))).contains(named);
    }

    @Test
    void beginning_speaks_of_a_call_without_an_id_that_it_may_be() {
        Call with = call(CallState.RINGING, IN, "1", "42");
        Call without = call(CallState.RINGING, IN, "", "42");
        assertThat(CallMatch.begun(List.of(with, without), said("2", IN, "42"))).contains(without);
        assertThat(CallMatch.begun(List.of(without), said("2", OUT, "42"))).isEmpty();
        assertThat(CallMatch.begun(List.of(without), said("2", IN, "43"))).isEmpty();
    }

    @Test
    void beginning_with_an_id_is_no_call_that_is_connected_already() {
        Call connected = call(CallState.CONNECTED, ANY, "", "");
        assertThat(CallMatch.begun(List.of(connected), said("1", IN, "42"))).isEmpty();
        assertThat(CallMatch.begun(List.of(connected), said("", IN, "42"))).contains(connected);
    }

    @Test
    void beginning_speaks_of_the_call_with_its_number_before_any_other() {
        Call unknown = call(CallState.DIALING, ANY, "", "");
        Call number = call(CallState.RINGING, ANY, "", "42");
        assertThat(CallMatch.begun(List.of(unknown, number), said("", IN, "42")))
                .contains(number);
        assertThat(CallMatch.begun(List.of(number, unknown), said("", IN, "")))
                .as("nothing names one")
                .contains(unknown);
    }

    @Test
    void call_that_is_shown_is_the_one_with_its_number_else_with_its_state() {
        Call held = call(CallState.HELD, IN, "1", "");
        Call rings = call(CallState.RINGING, IN, "2", "");
        Call number = call(CallState.CONNECTED, IN, "3", "42");
        List<Call> all = List.of(held, rings, number);
        assertThat(CallMatch.shown(all, seen(CallState.RINGING, "42"))).contains(number);
        assertThat(CallMatch.shown(all, seen(CallState.RINGING, "43"))).contains(rings);
        assertThat(CallMatch.shown(all, seen(CallState.DIALING, "43"))).contains(held);
        assertThat(CallMatch.shown(List.of(number), seen(CallState.CONNECTED, "43")))
                .isEmpty();
    }

    @Test
    void event_means_the_call_with_its_id_or_one_that_has_none() {
        Call one = call(CallState.CONNECTED, IN, "1", "");
        Call without = call(CallState.HELD, IN, "", "");
        assertThat(meant(List.of(without, one), EventType.CALL_ENDED, "callId", "1"))
                .contains(one);
        assertThat(meant(List.of(one, without), EventType.CALL_ENDED, "callId", "2"))
                .contains(without);
        assertThat(meant(List.of(one), EventType.CALL_ENDED, "callId", "2")).isEmpty();
        assertThat(meant(List.of(one), EventType.CALL_ENDED)).contains(one);
    }

    @Test
    void event_without_an_id_means_the_call_with_its_number() {
        Call connected = call(CallState.CONNECTED, OUT, "1", "42");
        Call held = call(CallState.HELD, IN, "2", "43");
        List<Call> all = List.of(connected, held);
        assertThat(meant(all, EventType.CALL_ENDED, "number", "43")).contains(held);
        assertThat(meant(all, EventType.CALL_ENDED, "number", "42")).contains(connected);
        assertThat(meant(all, EventType.CALL_ENDED)).contains(connected);
    }

    @ParameterizedTest
    @CsvSource({
        "CALL_CONNECTED,RINGING",
        "CALL_WAITING_ANSWERED,RINGING",
        "CALL_RESUMED,HELD",
        "CALL_HELD,CONNECTED",
        "CALL_ENDED,CONNECTED",
        "CALL_REJECTED,RINGING"
    })
    void event_that_names_no_call_means_the_likeliest(EventType type, CallState state) {
        List<Call> all = List.of(
                call(CallState.HELD, IN, "1", ""),
                call(CallState.CONNECTED, IN, "2", ""),
                call(CallState.RINGING, IN, "3", ""));
        assertThat(meant(all, type).map(Call::state)).contains(state);
    }

    @Test
    void event_of_inbound_calls_never_means_an_outbound_one() {
        List<Call> outbound = List.of(call(CallState.DIALING, OUT, "1", ""));
        assertThat(meant(outbound, EventType.CALL_REJECTED)).isEmpty();
        assertThat(meant(List.of(call(CallState.RINGING, ANY, "1", "")), EventType.CALL_REJECTED))
                .isPresent();
        assertThat(meant(outbound, EventType.CALL_ENDED)).isPresent();
    }

    @Test
    void call_that_was_connected_cannot_end_unanswered() {
        List<Call> connected = List.of(call(CallState.CONNECTED, IN, "1", ""));
        assertThat(meant(connected, EventType.CALL_MISSED)).isEmpty();
        assertThat(meant(connected, EventType.CALL_ENDED)).isPresent();
        assertThat(meant(connected, EventType.CALL_HELD)).isPresent();
    }
}
