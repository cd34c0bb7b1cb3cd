package org.bellwire.api.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bellwire.api.Status;
import org.junit.jupiter.api.Test;

class LimitLogTest {

    private static final long SECOND = 1_000_000_000L;

    private final List<String> lines = new ArrayList<>();
    private final List<Limit> counted = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final LimitLog limits = new LimitLog(lines::add, Recorder::new, 60, nanos::get);

    private final class Recorder implements Counters {

        @Override
        public void answered(int httpStatus) {
            throw new AssertionError("nothing was answered");
        }

        @Override
        public void refused(Refusal reason) {
            throw new AssertionError("nothing was refused");
        }

        @Override
        public void resulted(Status status) {
            throw new AssertionError("no command was sent");
        }

        @Override
        public void reached(Limit limit) {
            counted.add(limit);
        }
    }

    @Test
    void limit_is_counted_each_time_and_logged_once_in_a_pause() {
        limits.reached(Limit.SPOOL, () -> "full");
        limits.reached(Limit.SPOOL, () -> "full");
        assertThat(lines).containsExactly("full");
        assertThat(counted).containsExactly(Limit.SPOOL, Limit.SPOOL);
    }

    @Test
    void line_after_the_pause_tells_how_many_were_left_out() {
        limits.reached(Limit.SPOOL, () -> "full");
        limits.reached(Limit.SPOOL, () -> "full");
        nanos.addAndGet(60 * SECOND);
        limits.reached(Limit.SPOOL, () -> "full");
        assertThat(lines).containsExactly("full", "full (1 more since the last such line)");
    }

    @Test
    void limits_do_not_silence_one_another() {
        limits.reached(Limit.SPOOL, () -> "spool");
        limits.reached(Limit.STATES, () -> "states");
        assertThat(lines).containsExactly("spool", "states");
    }

    @Test
    void what_somebody_else_has_logged_is_counted_only() {
        limits.count(Limit.STATES);
        assertThat(lines).isEmpty();
        assertThat(counted).containsExactly(Limit.STATES);
    }
}
