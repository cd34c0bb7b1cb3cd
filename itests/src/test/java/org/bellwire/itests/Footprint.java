package org.bellwire.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a process takes of the machine at a moment. */
record Footprint(long megabytes, int threads, int descriptors) {

    static Footprint of(ProcessHandle process) {
        Path files = Path.of("/proc", String.valueOf(process.pid()));
        try (Stream<Path> open = Files.list(files.resolve("fd"))) {
            List<String> status = Files.readAllLines(files.resolve("status"));
            return new Footprint(number(status, "VmRSS:") / 1024, (int) number(status, "Threads:"), (int) open.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** The greater of each. */
    Footprint max(Footprint other) {
        return new Footprint(
                Math.max(megabytes, other.megabytes),
                Math.max(threads, other.threads),
                Math.max(descriptors, other.descriptors));
    }

    @Override
    public String toString() {
        return "%d MB, %d threads, %d descriptors".formatted(megabytes, threads, descriptors);
    }
}
