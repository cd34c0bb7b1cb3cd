package org.bellwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.runtime.LogThrottle;
import org.junit.jupiter.api.Test;

class LogThrottleTest {

    private long nanos = Long.MAX_VALUE - 5;
    private final LogThrottle throttle = new LogThrottle(60, () -> nanos);

    @Test
    void first_is_logged() {
        assertThat(throttle.next()).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void others_of_the_pause_are_counted_for_the_next_line() {
        throttle.next();
        nanos += TimeUnit.SECONDS.toNanos(59);
        assertThat(throttle.next()).isEmpty();
        assertThat(throttle.next()).isEmpty();
        nanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(throttle.next()).isEqualTo(OptionalLong.of(2));
        nanos += TimeUnit.SECONDS.toNanos(60);
        assertThat(throttle.next()).isEqualTo(OptionalLong.of(0));
    }
}
