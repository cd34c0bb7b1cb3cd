package org.bellwire.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(new Random(1));

    @Test
    void pauses_stay_between_1_and_13_s() {
        assertThat(LongStream.generate(backoff::next).limit(10_000))
                .allMatch(pause -> pause >= TimeUnit.SECONDS.toNanos(1) && pause <= TimeUnit.SECONDS.toNanos(13));
    }

    @Test
    void pauses_grow_and_are_short_again_after_a_reset() {
        long first = backoff.next();
        long longest = LongStream.generate(backoff::next).limit(1000).max().orElseThrow();
        backoff.reset();
        assertThat(first).isLessThanOrEqualTo(TimeUnit.SECONDS.toNanos(2));
        assertThat(longest).isGreaterThan(TimeUnit.SECONDS.toNanos(12));
        assertThat(backoff.next()).isLessThanOrEqualTo(TimeUnit.SECONDS.toNanos(2));
    }
}
