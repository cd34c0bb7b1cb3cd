package org.bellwire.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;

/** How a Bellwire's vitals went, also written to a file as they come. */
final class MemoryTrend {

    private static final String TITLES = "seconds,rss_kb,heap_kb,spooled,threads,descriptors,cpu_ms\n";

    private final Path file;
    private final long begin = System.nanoTime();
    private final List<Vitals> all = new CopyOnWriteArrayList<>();

    MemoryTrend(Path file) {
        this.file = file;
        write(TITLES, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** Second 0, of {@link System#nanoTime}. */
    long begin() {
        return begin;
    }

    void add(Vitals vitals) {
        all.add(vitals);
        String row = "%.0f,%d,%s,%s,%d,%d,%d%n"
                .formatted(
                        seconds(vitals),
                        vitals.rssKb(),
                        text(vitals.heapKb()),
                        text(vitals.spooled()),
                        vitals.threads(),
                        vitals.descriptors(),
                        vitals.cpuMs());
        write(row, StandardOpenOption.APPEND);
    }

    /** The first after so many seconds, else the last. */
    Vitals after(double seconds) {
        return all.stream().filter(v -> seconds(v) >= seconds).findFirst().orElseGet(() -> all.get(all.size() - 1));
    }

    double seconds() {
        return seconds(all.get(all.size() - 1));
    }

    /** Least squares over what came between two times. */
    double rssMbPerHour(double from, double to) {
        List<Vitals> part =
                all.stream().filter(v -> seconds(v) >= from && seconds(v) <= to).toList();
        double meanX = part.stream().mapToDouble(this::seconds).average().orElse(0);
        double meanY = part.stream().mapToDouble(Vitals::rssMb).average().orElse(0);
        double xy = 0;
        double xx = 0;
        for (Vitals v : part) {
            xy += (seconds(v) - meanX) * (v.rssMb() - meanY);
            xx += (seconds(v) - meanX) * (seconds(v) - meanX);
        }
        return xy / xx * 3600;
    }

    /** The lower quartile of the values between two times. */
    long low(ToLongFunction<Vitals> value, double from, double to) {
        long[] sorted = all.stream()
                .filter(v -> seconds(v) >= from && seconds(v) <= to)
                .mapToLong(value)
                .sorted()
                .toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 4];
    }

    long most(ToLongFunction<Vitals> value) {
        return all.stream().mapToLong(value).max().orElse(0);
    }

    private double seconds(Vitals vitals) {
        return (vitals.at() - begin) / 1e9;
    }

    private static String text(OptionalLong value) {
        return value.isPresent() ? String.valueOf(value.getAsLong()) : "";
    }

    private void write(String text, StandardOpenOption... how) {
        try {
            Files.writeString(file, text, how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
