package org.bellwire.api.runtime;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps a log short when the same thing happens again and again: the first time is logged, then at most one in each pause, with
 * the number of those that were not. Safe for use by many threads.
 */
public final class LogThrottle {

    private final long pauseNanos;
    private final LongSupplier nanoTime;
    private boolean logged;
    private long loggedAt;
    private long silent;

    /**
     * At most one line in so many seconds.
     *
     * @param nanoTime such as {@code System::nanoTime}
     */
    public LogThrottle(long pauseSeconds, LongSupplier nanoTime) {
        this.pauseNanos = TimeUnit.SECONDS.toNanos(pauseSeconds);
        this.nanoTime = nanoTime;
    }

    /** Present if a line is to be logged now: how often it was not logged since the last line. */
    public synchronized OptionalLong next() {
        long now = nanoTime.getAsLong();
        if (logged && now - loggedAt < pauseNanos) {
            silent++;
            return OptionalLong.empty();
        }
        long left = silent;
        logged = true;
        loggedAt = now;
        silent = 0;
        return OptionalLong.of(left);
    }
}
