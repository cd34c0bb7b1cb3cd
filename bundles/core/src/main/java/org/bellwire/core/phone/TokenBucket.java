package org.bellwire.core.phone;

import org.bellwire.api.config.Rate;

/** A token bucket. */
final class TokenBucket {

    private double tokens = Double.MAX_VALUE;
    private long last = System.nanoTime();

    /** Takes one if there is one. */
    synchronized boolean take(Rate limit) {
        long now = System.nanoTime();
        tokens = Math.min(limit.burst(), tokens + (now - last) * 1e-9 * limit.perSecond());
        last = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
