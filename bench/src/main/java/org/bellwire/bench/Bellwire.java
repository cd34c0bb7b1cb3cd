package org.bellwire.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An unpacked distribution of our own, configured by its files as an administrator does. All that limits it stays as shipped. */
final class Bellwire implements AutoCloseable {

    private final Path home;
    private final int port = Loopback.freePort();
    private final int consolePort = Loopback.freePort();
    private Optional<Process> process = Optional.empty();

    /** Unpacks it. */
    Bellwire(Path folder, Path archive, String broker) {
        home = folder.resolve("bellwire");
        Programs.run(
                folder,
                folder.resolve("tar.log"),
                "tar",
                "-xzf",
                archive.toString(),
                "--strip-components=1",
                "--one-top-level=bellwire");
        set("mqtt", "url", broker);
        set("ingress", "host", "127.0.0.1");
        set("ingress", "port", String.valueOf(port));
        set("ingress", "token", Phones.TOKEN);
        set("console", "port", String.valueOf(consolePort));
    }

    /** Sets one key of a shipped file. */
    void set(String file, String key, String value) {
        Path path = home.resolve("etc/org.bellwire." + file + ".cfg");
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(path));
            lines.removeIf(line -> line.matches("\\s*" + key.replace(".", "\\.") + "\\s*=.*"));
            lines.add(key + " = " + value);
            Files.write(path, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the files of all phones. Their commands go to a port of this machine. */
    void write(Phones phones, int commandPort) {
        for (int phone = 0; phone < phones.count(); phone++) {
            try {
                Files.writeString(
                        home.resolve("etc/org.bellwire.phone-" + phones.id(phone) + ".cfg"),
                        phones.file(phone, commandPort));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Starts it and waits for the first event that it accepts; returns how long that took. */
    Duration start(Phones phones) {
        long begin = System.nanoTime();
        Process java = Programs.start(
                home, home.resolve("terminal.log"), home.resolve("bin/karaf").toString(), "server");
        process = Optional.of(java);
        HttpCaller door = door();
        Programs.await("Bellwire accepts an event; its log is in " + home + "/data/log", Duration.ofMinutes(3), () -> {
            if (!java.isAlive()) {
                throw new IllegalStateException("Bellwire has ended; see " + home.resolve("terminal.log"));
            }
            return door.knock(0, phones.target(0, "0-0")).isPromise();
        });
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    HttpCaller door() {
        return new HttpCaller(port);
    }

    /** What it costs at this moment. */
    Vitals vitals() {
        return Vitals.of(process.orElseThrow().pid(), consolePort);
    }

    /** The lines of its log that tell of something wrong. */
    List<String> complaints() {
        try (Stream<String> lines = Files.lines(home.resolve("data/log/bellwire.log"))) {
            return lines.filter(line -> line.matches(".*\\b(WARN|ERROR)\\b.*")).toList();
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    @Override
    public void close() {
        process.ifPresent(Programs::end);
        process = Optional.empty();
    }
}
