package org.bellwire.ingress.server;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The requests that are being handled, so that a stop can wait for them. */
final class RequestsInFlight {

    private final Phaser phaser = new Phaser(1);
    private volatile boolean ending;

    /** Counts one more; false if no more may begin. */
    boolean begin() {
        return !ending && phaser.register() >= 0;
    }

    void end() {
        phaser.arriveAndDeregister();
    }

    /** How many are under way. */
    int underWay() {
        return phaser.getRegisteredParties() - 1;
    }

    /** Lets none begin any more. */
    void close() {
        ending = true;
    }

    /** Waits, once closed, until the last has ended; false if they did not end in time. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        int phase = phaser.arriveAndDeregister();
        try {
            phaser.awaitAdvanceInterruptibly(phase, timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
