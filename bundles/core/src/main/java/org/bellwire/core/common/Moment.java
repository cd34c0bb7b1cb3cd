package org.bellwire.core.common;

import java.time.Duration;
import java.time.Instant;
import org.bellwire.api.runtime.Timing;

/**
 * A point in time by both clocks.
 *
 * @param time to show; a clock that is set jumps
 * @param nanos to measure how long ago it was; of this process only
 */
public record Moment(Instant time, long nanos) {

    /** Now, by the clocks of a component. */
    public static Moment of(Timing timing) {
        return new Moment(timing.clock().instant(), timing.nanos().getAsLong());
    }

    /** A point in time of before this process, as far as the clock that is shown tells; never later than now. */
    public static Moment before(Instant time, Moment now) {
        Duration age = Duration.between(time, now.time);
        return new Moment(time, now.nanos - (age.isNegative() ? 0 : nanos(age)));
    }

    /** Less than so long has passed since then. */
    public boolean isWithin(Duration span, Moment now) {
        return now.nanos - nanos < span.toNanos();
    }

    /** How much time has passed until then. */
    public Duration until(Moment then) {
        return Duration.ofNanos(then.nanos - nanos);
    }

    private static long nanos(Duration age) {
        return age.toDays() > 365 ? Duration.ofDays(365).toNanos() : age.toNanos();
    }
}
