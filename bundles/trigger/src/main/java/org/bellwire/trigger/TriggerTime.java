package org.bellwire.trigger;

import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.LongSupplier;
import org.bellwire.api.runtime.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the triggers' time comes from.
 *
 * @param clock for times that are shown
 * @param nanos for durations
 * @param thread all of the triggers happens on it
 */
record TriggerTime(Clock clock, LongSupplier nanos, ScheduledExecutorService thread) {

    private static final Logger LOG = LoggerFactory.getLogger(TriggerTime.class);

    static TriggerTime real() {
        ScheduledThreadPoolExecutor thread =
                new ScheduledThreadPoolExecutor(1, DaemonThreads.named("bellwire-triggers"));
        thread.setRemoveOnCancelPolicy(true);
        return new TriggerTime(Clock.systemUTC(), System::nanoTime, thread);
    }

    /** Does this so that a fault of it ends nothing else. */
    static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("a trigger met a fault of Bellwire", e);
        }
    }
}
