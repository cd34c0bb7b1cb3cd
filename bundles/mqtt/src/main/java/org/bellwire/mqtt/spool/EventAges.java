package org.bellwire.mqtt.spool;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.bellwire.api.EventMessage;

/**
 * How old events are, although the wall clock may jump. Events of this process are measured by the monotonic clock. For those
 * of an earlier run the wall clock is believed as far as it can be: one that may be old is published as history, but none is
 * removed before this process has run for as long.
 */
final class EventAges {

    /** What clocks are set by all the time, and what the start of a process takes. */
    private static final Duration SMALL = Duration.ofSeconds(2);

    private static final long NANOS_PER_MS = 1_000_000;

    private final Clock clock;
    private final LongSupplier nanos;
    private final Instant startedAt;
    private final long startedNanos;
    private boolean opened;
    private long openedNanos;
    private long lastOfEarlierRun;

    /** @param nanos as of {@link System#nanoTime()} */
    EventAges(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        startedAt = clock.instant();
        startedNanos = nanos.getAsLong();
    }

    /** What the wall clock would show if it had not jumped since the start. */
    private Instant now() {
        return startedAt.plusNanos(nanos.getAsLong() - startedNanos);
    }

    /** The event as it is to be kept: its time is in terms of {@link #now()}. Makes nothing new for each event. */
    EventMessage taken(EventMessage event) {
        long time = event.time().toEpochMilli();
        long age = Math.max(0, clock.millis() - time);
        long taken = startedAt.toEpochMilli() + (nanos.getAsLong() - startedNanos) / NANOS_PER_MS - age;
        return Math.abs(taken - time) < SMALL.toMillis()
                ? event
                : new EventMessage(
                        event.phone(), event.type(), event.payload(), Instant.ofEpochMilli(taken), event.root());
    }

    /** There is a store, and so many of its numbers were given before. */
    void opened(long lastNumber) {
        if (!opened) {
            opened = true;
            openedNanos = nanos.getAsLong();
            lastOfEarlierRun = lastNumber;
        }
    }

    /** Nothing to act on any longer. */
    boolean isOlder(StoredEvent stored, Duration maxAge) {
        Duration age = Duration.between(stored.event().time(), now());
        if (stored.number() > lastOfEarlierRun) {
            return age.compareTo(maxAge) > 0;
        }
        Duration byClock = Duration.between(stored.event().time(), clock.instant());
        boolean fromTheFuture =
                age.plus(SMALL).isNegative() || byClock.plus(SMALL).isNegative();
        return fromTheFuture || age.compareTo(maxAge) > 0 || byClock.compareTo(maxAge) > 0;
    }

    /** Not to be kept any longer. */
    boolean isExpired(StoredEvent stored, Duration keep) {
        Duration age = stored.number() > lastOfEarlierRun
                ? Duration.between(stored.event().time(), now())
                : Duration.ofNanos(nanos.getAsLong() - openedNanos);
        return age.compareTo(keep) > 0;
    }
}
