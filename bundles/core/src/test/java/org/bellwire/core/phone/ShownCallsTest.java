package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.api.spi.ReadBack.SeenCall;
import org.bellwire.core.common.Moment;
import org.junit.jupiter.api.Test;

class ShownCallsTest {

    private static final Moment NOW = new Moment(Instant.parse("2026-11-21T08:15:30Z"), 0);
    private static final int MOST = 16;

    private final CallModel model = new CallModel();

    private static SeenCall seen(CallState state, int number) {
        return new SeenCall(
                state, Optional.of(Direction.INBOUND), Optional.of(String.valueOf(number)), Optional.empty());
    }

    private List<String> numbers() {
        return model.calls().stream().map(call -> call.number().orElseThrow()).toList();
    }

    @Test
    void call_that_the_phone_shows_is_taken_in_though_as_many_as_there_may_be_are_known() {
        model.shown(
                IntStream.range(0, MOST)
                        .mapToObj(i -> seen(CallState.RINGING, i))
                        .toList(),
                NOW);
        assertThat(numbers()).hasSize(MOST);
        List<Call> over = model.shown(List.of(seen(CallState.CONNECTED, 99)), NOW);
        assertThat(numbers()).containsExactly("99");
        assertThat(over).hasSize(MOST);
    }

    @Test
    void no_more_calls_are_taken_in_than_there_may_be() {
        model.shown(
                IntStream.range(0, MOST + 1)
                        .mapToObj(i -> seen(CallState.RINGING, i))
                        .toList(),
                NOW);
        assertThat(numbers()).hasSize(MOST).contains("15").doesNotContain("16");
    }
}
