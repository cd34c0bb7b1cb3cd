package org.bellwire.core.common;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.bellwire.api.runtime.DaemonThreads;

/**
 * Where a component's time comes from.
 *
 * @param clock for times that are shown
 * @param nanos for durations
 * @param timer the component's thread; whoever made the component shuts it down
 */
public record Timing(Clock clock, LongSupplier nanos, ScheduledExecutorService timer) {

    /** The system's time and a thread of this name. */
    public static Timing real(String thread) {
        return new Timing(
                Clock.systemUTC(),
                System::nanoTime,
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named(thread)));
    }

    public Moment now() {
        return new Moment(clock.instant(), nanos.getAsLong());
    }
}
