package org.bellwire.mqtt.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait for the next try: at random, so that a whole building does not come back in one instant. */
public final class Backoff {

    /** So that a broker that arrives is met within 15 s, the handshake included. */
    private static final Duration LONGEST = Duration.ofSeconds(13);

    private final RandomGenerator random;
    private final long shortest;
    private final long longest;
    private long ceiling;

    /** From 1 s to 13 s. */
    public Backoff(RandomGenerator random) {
        this(random, Duration.ofSeconds(1), LONGEST);
    }

    public Backoff(RandomGenerator random, Duration shortest, Duration longest) {
        this.random = random;
        this.shortest = shortest.toNanos();
        this.longest = longest.toNanos();
        reset();
    }

    /** Nanoseconds from the shortest pause up to a ceiling that doubles with each call. */
    long next() {
        long pause = random.nextLong(shortest, ceiling + 1);
        ceiling = Math.min(2 * ceiling, longest);
        return pause;
    }

    final void reset() {
        ceiling = 2 * shortest;
    }
}
