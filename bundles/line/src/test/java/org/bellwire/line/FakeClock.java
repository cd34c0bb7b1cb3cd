package org.bellwire.line;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A monotonic time that stands still until a test puts it forward. */
final class FakeClock implements LongSupplier {

    private final AtomicLong nanos = new AtomicLong(1_000_000_000);

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    /** The line looks at its deadlines after that. */
    void advance(Duration by, HttpPhoneClient line) {
        nanos.addAndGet(by.toNanos());
        line.client().loop().later(() -> {});
    }

    /** Of a line that has this clock, and else the world as it is. */
    RequestSender.Surroundings surroundings() {
        return new RequestSender.Surroundings(
                RequestSender.Surroundings.REAL.lookup(), RequestSender.Surroundings.REAL.sockets(), this);
    }
}
