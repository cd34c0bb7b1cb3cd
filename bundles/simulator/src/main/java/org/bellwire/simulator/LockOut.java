package org.bellwire.simulator;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets nobody in for a minute after three wrong passwords in a row. */
final class LockOut {

    private static final int WRONG = 3;
    private static final long SHUT = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanos;
    private int wrong;
    private Optional<Long> since = Optional.empty();

    LockOut(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized boolean isShut() {
        return since.filter(begin -> nanos.getAsLong() - begin < SHUT).isPresent();
    }

    /** Somebody showed a password. */
    synchronized void tried(boolean right) {
        wrong = right ? 0 : wrong + 1;
        if (wrong == WRONG) {
            wrong = 0;
            since = Optional.of(nanos.getAsLong());
        }
    }
}
