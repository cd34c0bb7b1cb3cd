package org.bellwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.bellwire.api.runtime.TokenBucket;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long BEGIN = -TimeUnit.HOURS.toNanos(1); // a clock begins anywhere
    private final TokenBucket bucket = new TokenBucket();

    private boolean take(int second) {
        return bucket.take(0.5, 2, BEGIN + TimeUnit.SECONDS.toNanos(second));
    }

    @Test
    void a_burst_is_allowed_and_what_comes_back_with_time() {
        assertThat(take(0)).isTrue();
        assertThat(take(0)).isTrue();
        assertThat(take(0)).isFalse();
        assertThat(take(1)).isFalse();
        assertThat(take(2)).isTrue();
        assertThat(take(2)).isFalse();
    }

    @Test
    void no_more_than_a_burst_is_saved() {
        take(0);
        assertThat(take(1000)).isTrue();
        assertThat(take(1000)).isTrue();
        assertThat(take(1000)).isFalse();
    }

    @Test
    void several_are_taken_together_or_not_at_all() {
        assertThat(bucket.take(3, 1, 4, 0)).isTrue();
        assertThat(bucket.take(2, 1, 4, 0)).isFalse();
        assertThat(bucket.take(1, 1, 4, 0)).isTrue();
    }

    @Test
    void draining_leaves_nothing_and_owes_nothing() {
        bucket.drain(9, 1, 4, 0);
        assertThat(bucket.take(1, 4, 0)).isFalse();
        assertThat(bucket.take(1, 4, TimeUnit.SECONDS.toNanos(1))).isTrue();
    }
}
