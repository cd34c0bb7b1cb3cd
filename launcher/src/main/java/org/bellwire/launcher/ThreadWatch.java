package org.bellwire.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Notices when Java could not start a thread, whoever caught the error. Java says so in no other way than by a line of its own
 * log ({@code -Xlog:os+thread=warning:file=…}), which is empty otherwise: so this looks at that file's size from time to time.
 */
final class ThreadWatch {

    private static final long EVERY_MS = 2_000;
    private static final long STACK = 256 * 1024;
    private static final int MAX = 64 * 1024;
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern FAILED = Pattern.compile("native thread for java\\.lang\\.Thread \"?([^\"\n]*)");

    private final Path log;
    private final Consumer<String> end;

    /** @param end told why */
    ThreadWatch(Path log, Consumer<String> end) {
        this.log = log;
        this.end = end;
    }

    void start() {
        Thread thread = new Thread(null, this::run, "bellwire-watch", STACK);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                look();
                Thread.sleep(EVERY_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void look() {
        failed().ifPresent(thread -> end.accept("the thread " + thread
                + " could not be started: no more are allowed, or memory is short. " + advice()));
    }

    static String advice() {
        return "Allow more: LimitNPROC= and TasksMax= of the service, --pids-limit of the container, ulimit -u of the shell"
                + limit().map(line -> "; now: " + line).orElse("");
    }

    private Optional<String> failed() {
        try {
            if (log.toFile().length() == 0) {
                return Optional.empty();
            }
            try (var in = Files.newInputStream(log)) {
                Matcher matcher = FAILED.matcher(new String(in.readNBytes(MAX), StandardCharsets.UTF_8));
                return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty(); // looked at again
        }
    }

    private static Optional<String> limit() {
        try (Stream<String> lines = Files.lines(LIMITS)) {
            return lines.filter(line -> line.startsWith("Max processes"))
                    .map(line -> line.strip().replaceAll(" +", " "))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
