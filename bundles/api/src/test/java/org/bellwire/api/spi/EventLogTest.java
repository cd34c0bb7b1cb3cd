package org.bellwire.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogTest {

    @ParameterizedTest
    @ValueSource(ints = {1, EventLog.MAX_WAIT_S})
    void phone_waits_so_long(int seconds) {
        assertThat(log(seconds).waitS()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, EventLog.MAX_WAIT_S + 1})
    void phone_does_not_wait_so_long(int seconds) {
        assertThatThrownBy(() -> log(seconds)).hasMessageContaining("not " + seconds);
    }

    @Test
    void question_about_calls_is_no_question_about_states() {
        PhoneRequest request = new PhoneRequest("/status");
        assertThat(ReadBack.ofCalls(request, body -> ReadBack.State.NOTHING).tellsCalls())
                .isTrue();
        assertThat(ReadBack.ofStates(request, body -> ReadBack.State.NOTHING).tellsCalls())
                .isFalse();
    }

    private static EventLog log(int seconds) {
        return new EventLog(new PhoneRequest("/log"), seconds, body -> Optional.empty(), body -> Optional.empty());
    }
}
