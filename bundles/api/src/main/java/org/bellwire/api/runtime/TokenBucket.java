package org.bellwire.api.runtime;

/**
 * Bounds how often something may be done: so many times at once, and as many as come back with time. Full at the beginning. The
 * caller says the time, in nanoseconds of one and the same clock, and the bounds, which may change.
 */
public final class TokenBucket {

    /** Full, however many the first one to ask allows at once. */
    private double left = Double.MAX_VALUE;

    private long since;

    /** Takes one if there is one. */
    public boolean take(double perSecond, int burst, long now) {
        return take(1, perSecond, burst, now);
    }

    /** Takes so many, or none if there are fewer. */
    public synchronized boolean take(int count, double perSecond, int burst, long now) {
        refill(perSecond, burst, now);
        if (left < count) {
            return false;
        }
        left -= count;
        return true;
    }

    /** Takes so many, or all there are. */
    public synchronized void drain(int count, double perSecond, int burst, long now) {
        refill(perSecond, burst, now);
        left = Math.max(0, left - count);
    }

    private void refill(double perSecond, int burst, long now) {
        left = Math.min(burst, left + (now - since) * 1e-9 * perSecond);
        since = now;
    }
}
