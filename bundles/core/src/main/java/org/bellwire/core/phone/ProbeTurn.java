package org.bellwire.core.phone;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/** When a phone is to be probed next: the first time at once, the others spread over the period. */
final class ProbeTurn {

    @GuardedBy("this")
    private long next;

    @GuardedBy("this")
    private boolean probed;

    synchronized boolean isDue(long now, int everySeconds) {
        long period = everySeconds * 1_000_000_000L;
        if (!probed) {
            probed = true;
            next = now + period - Math.floorMod(System.identityHashCode(this) * 1_000_003L, period);
            return true;
        }
        boolean due = now - next >= 0;
        next = due ? now + period : next;
        return due;
    }
}
