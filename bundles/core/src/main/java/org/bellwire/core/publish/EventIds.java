package org.bellwire.core.publish;

import com.github.f4b6a3.ulid.Ulid;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * Ids of events: ULIDs that rise, with room behind each one, so that all events of a report have ids that follow from the first and
 * are the same when it is taken in once more.
 */
public final class EventIds {

    /** More events than one report can end calls. */
    private static final int ROOM = 32;
    /** By which the clock may be set back without ids that fall. */
    private static final long DRIFT_MS = 10_000;

    private static final long RANDOM_BITS = 0xFFFF;

    private final SecureRandom random = new SecureRandom();

    @GuardedBy("this")
    private long millis;

    @GuardedBy("this")
    private long high;

    @GuardedBy("this")
    private long low;

    /** The id of the first event that comes of a report. */
    public synchronized String next(Instant time) {
        long now = time.toEpochMilli();
        if (now > millis || now < millis - DRIFT_MS) {
            millis = now;
            high = random.nextLong() & RANDOM_BITS;
            low = random.nextLong() & -ROOM;
        } else {
            low += ROOM;
            high += low == 0 ? 1 : 0;
        }
        return new Ulid(millis << 16 | high, low).toString();
    }

    /** The id of a further event, counted from 0 for the first. */
    static String further(String first, int number) {
        if (number == 0) {
            return first;
        }
        Ulid ulid = Ulid.from(first);
        return new Ulid(ulid.getMostSignificantBits(), ulid.getLeastSignificantBits() + number).toString();
    }
}
