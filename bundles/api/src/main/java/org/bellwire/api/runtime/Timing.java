package org.bellwire.api.runtime;

import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.LongSupplier;

/**
 * Where a component's time comes from.
 *
 * @param clock for times that are shown
 * @param nanos for durations
 * @param timer the component's thread; whoever made the component shuts it down
 */
public record Timing(Clock clock, LongSupplier nanos, ScheduledExecutorService timer) {

    /** The system's time and a thread of this name, which keeps no task that was cancelled. */
    public static Timing real(String thread) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, DaemonThreads.named(thread));
        timer.setRemoveOnCancelPolicy(true);
        return new Timing(Clock.systemUTC(), System::nanoTime, timer);
    }
}
