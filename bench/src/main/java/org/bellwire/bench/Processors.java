package org.bellwire.bench;

import java.nio.file.Path;
import java.util.Arrays;

/** What the machine's processors did for others meanwhile: above 15 % a run says little. */
final class Processors {

    static final String FOREIGN = "foreign_cpu";

    private final long busy = busy();
    private final long all = all();
    private final long ours = ours();

    /** Percent of all processors that went to others since this was made; ask when our programs have ended. */
    double foreignPercent() {
        long total = all() - all;
        return total == 0 ? 0 : 100.0 * Math.max(0, busy() - busy - (ours() - ours)) / total;
    }

    /** user, nice, system, irq, softirq, steal; not idle and iowait. */
    private static long busy() {
        long[] ticks = ticks();
        return ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7];
    }

    private static long all() {
        return Arrays.stream(ticks()).limit(8).sum();
    }

    private static long[] ticks() {
        String line = Figures.lines(Path.of("/proc/stat")).get(0);
        return Arrays.stream(line.replaceFirst("cpu +", "").split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    /** This process and what it started and saw end. */
    private static long ours() {
        String[] stat = Figures.lines(Path.of("/proc/self/stat"))
                .get(0)
                .replaceFirst(".*\\) ", "")
                .split(" ", -1);
        return Arrays.stream(stat, 11, 15).mapToLong(Long::parseLong).sum();
    }
}
