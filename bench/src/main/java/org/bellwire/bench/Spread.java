package org.bellwire.bench;

import java.util.stream.LongStream;

/** Durations in nanoseconds, told in milliseconds. */
final class Spread {

    private final long[] sorted;

    Spread(LongStream nanos) {
        sorted = nanos.sorted().toArray();
    }

    /** So many of a hundred took no longer; 100: the longest. */
    double percentile(double percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(1, rank) - 1] / 1e6;
    }
}
