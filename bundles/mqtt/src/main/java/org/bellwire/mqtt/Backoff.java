package org.bellwire.mqtt;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** How long to wait for the next try: at random, so that a whole building does not come back in one instant. */
final class Backoff {

    private static final long SHORTEST = TimeUnit.SECONDS.toNanos(1);
    /** Below 15 s, so that a broker that arrives is met within 15 s, the handshake included. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(13);

    private final RandomGenerator random;
    private long ceiling = 2 * SHORTEST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Nanoseconds from 1 s up to a ceiling that doubles with each call, to 13 s. */
    long next() {
        long pause = random.nextLong(SHORTEST, ceiling + 1);
        ceiling = Math.min(2 * ceiling, LONGEST);
        return pause;
    }

    void reset() {
        ceiling = 2 * SHORTEST;
    }
}
