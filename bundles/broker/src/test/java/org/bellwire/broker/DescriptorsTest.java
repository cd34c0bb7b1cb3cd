package org.bellwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bellwire.api.port.Counters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker in a process that may not open as many files as clients want to connect. */
class DescriptorsTest {

    @TempDir
    Path directory;

    /**
     * Tells its port, and ends with its input. Loads all classes first: from a folder that takes a descriptor each, while a bundle
     * is an open file.
     */
    static final class Host {

        private Host() {}

        public static void main(String[] args) throws Exception {
            for (Class<?> one : List.of(EmbeddedBroker.class, Counters.class)) {
                loadAll(Path.of(
                        one.getProtectionDomain().getCodeSource().getLocation().toURI()));
            }
            EmbeddedBroker broker = new EmbeddedBroker();
            broker.open(Map.of("port", "0", "url", "tcp://127.0.0.1:0", "dir", args[0]));
            System.out.println(broker.port());
            System.in.read();
            broker.deactivate();
        }

        private static void loadAll(Path classes) throws IOException, ClassNotFoundException {
            try (Stream<Path> files = Files.walk(classes)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".class")).toList()) {
                    String name = classes.relativize(file).toString().replace('/', '.');
                    if (!name.endsWith("-info.class")) {
                        Class.forName(name.substring(0, name.length() - ".class".length()));
                    }
                }
            }
        }
    }

    @Test
    void clients_that_are_there_are_served_without_descriptors_and_others_when_there_are_some() throws Exception {
        Path log = directory.resolve("log");
        Process host = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n 256 && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Host.class.getName(),
                        directory.toString())
                .redirectError(log.toFile())
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8))) {
            storm(Integer.parseInt(String.valueOf(out.readLine())), log);
        } finally {
            host.destroy();
        }
        assertThat(Files.readAllLines(log)).as("the whole log").hasSizeLessThan(20);
    }

    private static void storm(int port, Path log) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try (RawClient early = new RawClient(port).login("early")) {
            for (int i = 0; i < 300; i++) {
                clients.add(new RawClient(port).send(PacketBytes.connect("c" + i)));
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readString(log).contains("Too many open files"));
            early.ping();
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> {
                    try (RawClient late = new RawClient(port).login("late")) {
                        late.ping();
                    }
                });
    }
}
