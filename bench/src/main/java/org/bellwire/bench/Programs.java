package org.bellwire.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Starts programs and ends those that it started: when asked, and at the latest with this process. */
final class Programs {

    private static final long PATIENCE_S = 15;
    private static final Duration STEP = Duration.ofMillis(10);

    private Programs() {}

    static Process start(Path folder, Path output, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program to its end, which has to be a good one. */
    static void run(Path folder, Path output, String... command) {
        int status = start(folder, output, command).onExit().join().exitValue();
        if (status != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + status + "; see " + output);
        }
    }

    static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    static void await(String what, Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + atMost.toSeconds() + " s: " + what);
            }
            pause(STEP);
        }
    }

    static void pause(Duration time) {
        until(System.nanoTime() + time.toNanos());
    }

    /** Waits for a moment of {@link System#nanoTime}. */
    static void until(long moment) {
        for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
