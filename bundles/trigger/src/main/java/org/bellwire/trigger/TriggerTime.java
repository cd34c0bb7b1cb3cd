package org.bellwire.trigger;

import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.LongSupplier;
import org.bellwire.api.runtime.DaemonThreads;

/**
 * Where the triggers' time comes from.
 *
 * @param clock for times that are shown
 * @param nanos for durations
 * @param thread all of the triggers happens on it
 */
record TriggerTime(Clock clock, LongSupplier nanos, ScheduledExecutorService thread) {

    static TriggerTime real() {
        ScheduledThreadPoolExecutor thread =
                new ScheduledThreadPoolExecutor(1, DaemonThreads.named("bellwire-triggers"));
        thread.setRemoveOnCancelPolicy(true);
        return new TriggerTime(Clock.systemUTC(), System::nanoTime, thread);
    }
}
