package org.bellwire.mqtt;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A process that runs {@link SpoolChild}, and what it says. */
final class Child {

    static final String END = " .";

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** @param before a command to run Java under */
    Child(List<String> before, String url, Path dir, int from, int perSecond) throws IOException {
        List<String> command = new ArrayList<>(before);
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                classes,
                SpoolChild.class.getName(),
                url,
                dir.toString(),
                String.valueOf(from),
                String.valueOf(perSecond)));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        reader = new Thread(this::read, "child-reader");
        reader.start();
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("lost " + e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** The lines that begin so, each as it came; a last one that was cut off by the kill is not among them. */
    List<String> lines(String beginning) {
        return lines.stream()
                .filter(line -> line.startsWith(beginning) && line.endsWith(END))
                .map(line -> line.substring(0, line.length() - END.length()))
                .toList();
    }

    /** Ends it with SIGKILL. */
    void kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IOException("the child does not end");
        }
        reader.join(TimeUnit.SECONDS.toMillis(10));
    }
}
