package org.bellwire.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real HAProxy that passes connections on and reads no request. */
final class Balancer implements AutoCloseable {

    private static final List<String> DEFAULTS =
            List.of("defaults", "  mode tcp", "  timeout connect 5s", "  timeout client 30s", "  timeout server 30s");

    private final Program program;
    private final Path log;

    private Balancer(Path folder, Path settings) {
        log = folder.resolve("haproxy.log");
        program = Program.start(folder, log, Map.of(), List.of("/usr/sbin/haproxy", "-db", "-f", settings.toString()));
    }

    /** Started with these lines after its defaults. */
    static Balancer running(Path folder, List<String> lines) {
        Path settings = folder.resolve("haproxy.cfg");
        try {
            Files.write(
                    settings, Stream.concat(DEFAULTS.stream(), lines.stream()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Balancer(folder, settings);
    }

    /** How often it said so of a server since it runs: {@code UP} or {@code DOWN}. */
    long said(String server, String state) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("/" + server + " is " + state))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
