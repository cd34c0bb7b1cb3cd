package org.bellwire.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a Bellwire costs at one moment.
 *
 * @param at of {@link System#nanoTime}
 * @param heapKb what its own metrics say, garbage included; empty when it does not answer
 * @param spooled events on disk
 * @param cpuMs processor time since its start, in steps of 10 ms
 */
record Vitals(
        long at, long rssKb, OptionalLong heapKb, OptionalLong spooled, long threads, long descriptors, long cpuMs) {

    private static final int MS_PER_TICK = 10;
    private static final int PATIENCE_MS = 2000;

    static Vitals of(long pid, int consolePort) {
        Path proc = Path.of("/proc", String.valueOf(pid));
        String status = read(proc.resolve("status"));
        String[] stat = read(proc.resolve("stat")).replaceFirst(".*\\) ", "").split(" ", -1);
        Optional<String> metrics = metrics(consolePort);
        return new Vitals(
                System.nanoTime(),
                number(status, "VmRSS:\\s+"),
                metric(metrics, "bellwire_memory_used_bytes", 1024),
                metric(metrics, "bellwire_spool_events", 1),
                number(status, "Threads:\\s+"),
                count(proc.resolve("fd")),
                (Long.parseLong(stat[11]) + Long.parseLong(stat[12])) * MS_PER_TICK);
    }

    double rssMb() {
        return rssKb / 1024.0;
    }

    private static long count(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(String text, String before) {
        return Long.parseLong(text.replaceFirst("(?s).*?" + before + "(\\d+).*", "$1"));
    }

    private static Optional<String> metrics(int port) {
        try {
            URLConnection connection =
                    URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MS);
            connection.setReadTimeout(PATIENCE_MS);
            try (InputStream in = connection.getInputStream()) {
                return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static OptionalLong metric(Optional<String> metrics, String name, int unit) {
        return metrics.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> (long) (Double.parseDouble(line.substring(name.length() + 1)) / unit))
                .findFirst();
    }
}
