package org.bellwire.mqtt;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A mosquitto for one test: on a free port of the loopback, in a directory of its own, ended with the test. */
final class Mosquitto implements BeforeEachCallback, AfterEachCallback {

    private final List<String> lines = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private Path dir = Path.of("");
    private int port;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        dir = Files.createTempDirectory("mosquitto");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        lines.clear();
        lines.add("allow_anonymous true");
        // a loss is then ours and not the broker's
        lines.add("max_queued_messages 0");
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        kill();
        try (Stream<Path> files = Files.walk(dir)) {
            files.sorted(Comparator.reverseOrder()).forEach(Mosquitto::delete);
        }
    }

    /** Replaces the line that begins with the same word, or adds one. */
    Mosquitto with(String line) {
        String key = line.substring(0, line.indexOf(' ') + 1);
        lines.removeIf(old -> old.startsWith(key));
        lines.add(line);
        return this;
    }

    Path dir() {
        return dir;
    }

    int port() {
        return port;
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    Mosquitto start() {
        List<String> all = new ArrayList<>(List.of(
                "user " + System.getProperty("user.name"), "persistence false", "listener " + port + " 127.0.0.1"));
        all.addAll(lines);
        try {
            Path file = Files.write(dir.resolve("mosquitto.conf"), all);
            processes.add(new ProcessBuilder("mosquitto", "-c", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve("log").toFile())
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("these tests need mosquitto on the PATH: apt-get install mosquitto", e);
        }
        await("mosquitto listens").atMost(Duration.ofSeconds(10)).until(this::listens);
        return this;
    }

    private boolean listens() throws IOException {
        if (!processes.get(0).isAlive()) {
            throw new IllegalStateException("mosquitto ended: " + Files.readString(dir.resolve("log")));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it without a word to its clients. */
    void kill() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("mosquitto does not end");
            }
        }
        processes.clear();
    }

    /** It holds its sockets but does nothing until {@link #resume()}. */
    void freeze() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(processes.get(0).pid()))
                .start()
                .waitFor();
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
