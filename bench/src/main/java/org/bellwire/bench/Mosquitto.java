package org.bellwire.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A mosquitto of our own: it keeps sessions and messages over a restart, and drops nothing for want of room. */
final class Mosquitto implements AutoCloseable {

    private final Path folder;
    private final int port = Loopback.freePort();
    private Optional<Process> process = Optional.empty();

    /**
     * One that does not run yet.
     *
     * @param quick without Nagle's algorithm, which otherwise holds small messages back for an acknowledgement
     */
    Mosquitto(Path folder, boolean quick) {
        this.folder = folder;
        String settings = String.join(
                "\n",
                "listener " + port + " 127.0.0.1",
                "allow_anonymous true",
                "persistence true",
                "persistence_location " + folder + "/",
                "max_queued_messages 0",
                "set_tcp_nodelay " + quick,
                "log_type error",
                "user root",
                "");
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("mosquitto.conf"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    void start() {
        process = Optional.of(Programs.start(
                folder,
                folder.resolve("mosquitto.log"),
                executable(),
                "-c",
                folder.resolve("mosquitto.conf").toString()));
        Programs.await("mosquitto listens on " + port, Duration.ofSeconds(10), this::listens);
    }

    void restart() {
        close();
        start();
    }

    @Override
    public void close() {
        process.ifPresent(Programs::end);
        process = Optional.empty();
    }

    private boolean listens() {
        try (Socket socket = new Socket(Loopback.LOCALHOST, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Debian puts it where only root's path leads. */
    private static String executable() {
        return Files.isExecutable(Path.of("/usr/sbin/mosquitto")) ? "/usr/sbin/mosquitto" : "mosquitto";
    }
}
