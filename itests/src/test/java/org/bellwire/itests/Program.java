package org.bellwire.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that a test started. Its output goes to a file; it is ended by its id, with all that it started itself. */
final class Program implements AutoCloseable {

    private final Process process;
    private final Path output;
    private final Thread lastResort = new Thread(this::kill);

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    static Program start(Path directory, Path output, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new Program(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /** What came of a command that ended by itself. */
    record Ended(int exit, String output, Duration took) {}

    /** Runs a command to its end; without a terminal. */
    static Ended run(Path directory, Map<String, String> environment, Duration atMost, List<String> command) {
        long begin = System.nanoTime();
        try (Program program = start(directory, newFile(directory), environment, command)) {
            if (!program.ends(atMost)) {
                throw new AssertionError(command + " did not end within " + atMost + ":\n" + program.output());
            }
            return new Ended(program.exit(), program.output(), Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private static Path newFile(Path directory) {
        try {
            return Files.createTempFile(directory, "output", ".txt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exit() {
        return process.exitValue();
    }

    /** This process and all that descends from it. */
    List<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** Asks for a clean end: SIGTERM to the process that was started. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Ends the whole family as a power cut does: SIGKILL. */
    void kill() {
        family().forEach(ProcessHandle::destroyForcibly);
    }

    boolean ends(Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> family = family();
        terminate();
        ends(Duration.ofSeconds(15));
        family.forEach(ProcessHandle::destroyForcibly);
        ends(Duration.ofSeconds(5));
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException e) {
            // The JVM ends already, and the hook is what closes.
            process.destroyForcibly();
        }
    }
}
