package org.bellwire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bellwire.testkit.Certificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** All that a process says with every logger at its finest, ours, Paho's and Java's: none of it holds a secret. */
@Timeout(120)
class MqttSecrecyTest {

    private static final String RIGHT = "hX7-Pa55w0rd-vQ9zT";
    private static final String WRONG = "kB3-Wr0ngW0rd-mJ6yL";

    @RegisterExtension
    private final Mosquitto broker = new Mosquitto();

    @TempDir
    private Path dir = Path.of("");

    @Test
    void no_secret_of_the_connection_is_said_by_anybody_at_any_level() throws Exception {
        Certificates files = new Certificates(dir);
        files.make("broker", "ip:127.0.0.1");
        files.make("client", "dns:client");
        files.make("other", "dns:other");
        Path broken = Files.writeString(
                dir.resolve("broken.key"), Files.readString(files.key("client")).replaceAll("[^-\\n]{8}\n-", "\n-"));
        start(files);
        try (Overheard child = new Overheard(dir)) {
            child.use("url=tcp://bell:" + RIGHT + "@127.0.0.1", "user=bell", "password=" + RIGHT, "keep.alive.s=soon")
                    .until("url: must be without user and password");
            child.use("url=" + broker.url(), "password=" + RIGHT).until("user: is missing");
            child.use(tls(files, RIGHT, files.key("other"))).until("is not the key of the first certificate");
            child.use(tls(files, RIGHT, broken)).until("holds no key of");
            child.use("url=" + broker.url(), "user=bell", "password=" + RIGHT).until("closed by the broker");
            child.use(tls(files, WRONG, files.key("client"))).until("not authorized: check 'user'");
            child.use(tls(files, RIGHT, files.key("client"))).until("connected as bellwire-");
            broker.kill();
            child.until("connection lost").tell();

            String said = child.end();
            assertThat(said)
                    .as("our own debug messages are in it")
                    .contains("DEBUG org.bellwire.mqtt.connection.ConnectionLog");
            assertThat(said).as("Paho's finest are in it").contains("FINER: ", "userName=bell password=[notnull]");
            assertThatHasNoPartOf(said, 6, RIGHT, WRONG);
            assertThatHasNoPartOf(said, 12, base64(RIGHT), base64(WRONG), hex(RIGHT), hex(WRONG));
            List<String> key = Files.readAllLines(files.key("client"));
            assertThatHasNoPartOf(said, 12, key.get(1), key.get(2));
            byte[] encoded = Base64.getMimeDecoder().decode(String.join("", key.subList(1, key.size() - 1)));
            assertThatHasNoPartOf(said, 12, HexFormat.of().formatHex(encoded, encoded.length - 32, encoded.length));
        }
    }

    private void start(Certificates files) throws Exception {
        Path passwords = Files.createFile(dir.resolve("passwords"));
        assertThat(new ProcessBuilder("mosquitto_passwd", "-b", passwords.toString(), "bell", RIGHT)
                        .start()
                        .waitFor())
                .isZero();
        broker.with("certfile " + files.certificate("broker"))
                .with("keyfile " + files.key("broker"))
                .with("cafile " + files.certificate("client"))
                .with("require_certificate true")
                .with("allow_anonymous false")
                .with("password_file " + passwords)
                .start();
    }

    private String[] tls(Certificates files, String password, Path key) {
        return new String[] {
            "url=ssl://127.0.0.1:" + broker.port(),
            "user=bell",
            "password=" + password,
            "tls.trust=" + files.certificate("broker"),
            "tls.certificate=" + files.certificate("client"),
            "tls.key=" + key
        };
    }

    private static void assertThatHasNoPartOf(String said, int length, String... secrets) {
        for (String secret : secrets) {
            for (int i = 0; i + length <= secret.length(); i++) {
                assertThat(said.contains(secret.substring(i, i + length)))
                        .as(secret)
                        .isFalse();
            }
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A {@link SecrecyChild} and all that it writes, to wherever. */
    private static final class Overheard implements AutoCloseable {
        private final Path output;
        private final Process process;
        private final Writer input;

        Overheard(Path dir) throws IOException {
            output = dir.resolve("output");
            Path levels = Files.writeString(
                    dir.resolve("logging.properties"),
                    "handlers=java.util.logging.ConsoleHandler\njava.util.logging.ConsoleHandler.level=ALL\n.level=ALL\n");
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                    "-Dorg.slf4j.simpleLogger.showShortLogName=false",
                    "-Djava.util.logging.config.file=" + levels,
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    SecrecyChild.class.getName());
            process = new ProcessBuilder(command)
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            input = process.outputWriter(StandardCharsets.UTF_8);
        }

        Overheard use(String... properties) throws IOException {
            input.write(String.join("\t", properties) + "\n");
            input.flush();
            return this;
        }

        Overheard until(String words) {
            await(words).atMost(Duration.ofSeconds(20)).until(() -> said().contains(words));
            return this;
        }

        Overheard tell() throws IOException {
            return use("");
        }

        String said() throws IOException {
            return Files.readString(output, StandardCharsets.ISO_8859_1);
        }

        /** Lets it stop by itself and returns all that it said. */
        String end() throws IOException, InterruptedException {
            input.close();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it stops").isTrue();
            assertThat(process.exitValue()).isZero();
            return said();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
