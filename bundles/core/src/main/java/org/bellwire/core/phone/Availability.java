package org.bellwire.core.phone;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Whether a phone is there: from a sign of life until {@value #PATIENCE} probes in a row went unanswered.
 */
public final class Availability {

    private static final int PATIENCE = 3;

    @GuardedBy("this")
    private boolean online;

    @GuardedBy("this")
    private int unanswered;

    public synchronized boolean isOnline() {
        return online;
    }

    /** The phone gave a sign of life. Tells whether that makes a difference. */
    public synchronized boolean alive() {
        unanswered = 0;
        boolean changed = !online;
        online = true;
        return changed;
    }

    /** As another gateway knew it. */
    synchronized void restore(boolean there) {
        unanswered = 0;
        online = there;
    }

    /** A probe went unanswered. Tells whether that makes a difference. */
    public synchronized boolean silent() {
        boolean gone = online && ++unanswered >= PATIENCE;
        online &= !gone;
        return gone;
    }
}
