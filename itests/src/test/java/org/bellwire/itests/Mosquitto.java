package org.bellwire.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A mosquitto of the test's own. Unless told to remember, a restarted one has forgotten every retained message. */
final class Mosquitto implements AutoCloseable {

    private final Path directory;
    private final int port;
    private Optional<Program> program = Optional.empty();

    private Mosquitto(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** One that does not run yet; its port is known. */
    static Mosquitto absent(Path directory) {
        return absent(directory, "persistence false");
    }

    /** One that does not run yet, and that keeps sessions and messages on disk. */
    static Mosquitto absentButRemembering(Path directory) {
        return absent(directory, "persistence true\npersistence_location " + directory + "/");
    }

    private static Mosquitto absent(Path directory, String memory) {
        int port = Loopback.freePort();
        String settings = String.join(
                "\n",
                "listener " + port + " 127.0.0.1",
                "allow_anonymous true",
                memory,
                "set_tcp_nodelay true",
                "max_queued_messages 100000",
                "user root",
                "");
        return written(directory, port, settings);
    }

    private static Mosquitto written(Path directory, int port, String settings) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("mosquitto.conf"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Mosquitto(directory, port);
    }

    /** One that does not run yet, with settings of its own but for the listener. */
    static Mosquitto configured(Path directory, String settings) {
        int port = Loopback.freePort();
        String ours = settings.replaceFirst("(?m)^listener .*$", "listener " + port + " 127.0.0.1") + "\nuser root\n";
        return written(directory, port, ours);
    }

    /** Sets one key of its configuration for the next start. */
    Mosquitto set(String key, String value) {
        Path file = directory.resolve("mosquitto.conf");
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            lines.removeIf(line -> line.startsWith(key + " "));
            lines.add(key + " " + value);
            Files.write(file, lines);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Mosquitto running(Path directory) {
        Mosquitto mosquitto = absent(directory);
        mosquitto.start();
        return mosquitto;
    }

    int port() {
        return port;
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    void start() {
        Path settings = directory.resolve("mosquitto.conf");
        program = Optional.of(Program.start(
                directory,
                directory.resolve("mosquitto.log"),
                Map.of(),
                List.of(executable(), "-c", settings.toString())));
        Waits.until("mosquitto listens on " + port, this::listens);
    }

    /**
     * Receives the first message of a filter, also if it came while nobody listened: what is heard under this name is kept from
     * the first call on. Empty: none within the time.
     */
    Optional<String> keptFor(String name, String filter, int seconds) {
        List<String> command = List.of(
                "mosquitto_sub",
                "-p",
                String.valueOf(port),
                "-i",
                name,
                "-c",
                "-q",
                "1",
                "-t",
                filter,
                "-F",
                "%t",
                "-C",
                "1",
                "-W",
                String.valueOf(seconds));
        Program.Ended ended = Program.run(directory, Map.of(), Duration.ofSeconds(seconds + 5L), command);
        return Optional.of(ended.output().strip()).filter(text -> ended.exit() == 0);
    }

    void stop() {
        program.ifPresent(Program::close);
        program = Optional.empty();
    }

    /** Ends it without a farewell to its clients. */
    void kill() {
        program.ifPresent(Program::kill);
        stop();
    }

    /** It neither hears nor says anything, and its sockets stay open. */
    void freeze() {
        signal("-STOP");
    }

    void wake() {
        signal("-CONT");
    }

    private void signal(String signal) {
        String pid = String.valueOf(program.orElseThrow().pid());
        Program.run(directory, Map.of(), Duration.ofSeconds(5), List.of("kill", signal, pid));
    }

    @Override
    public void close() {
        stop();
    }

    private boolean listens() {
        try (Socket socket = new Socket(Loopback.LOCALHOST, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String executable() {
        return Stream.of("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse("mosquitto");
    }
}
