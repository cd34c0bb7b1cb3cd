package org.bellwire.core.phone;

import com.github.f4b6a3.ulid.Ulid;

/**
 * The ids of the last reports of a phone that came by a log, which brings one twice when the gateway that wrote it did not hear in
 * time that it was written. Costs nothing until there is one. Not safe for several threads.
 */
final class RecentReports {

    private static final int MAX = 16;

    private long[] last = {};
    private int next;

    /** False if it is one of the last. */
    boolean add(String id) {
        Ulid ulid = Ulid.from(id);
        long number = 31 * ulid.getMostSignificantBits() + ulid.getLeastSignificantBits();
        for (long known : last) {
            if (known == number) {
                return false;
            }
        }
        if (last.length == 0) {
            last = new long[MAX];
        }
        last[next] = number;
        next = (next + 1) % MAX;
        return true;
    }

    void clear() {
        last = new long[0];
        next = 0;
    }
}
