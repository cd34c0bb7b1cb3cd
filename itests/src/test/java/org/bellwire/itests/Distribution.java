package org.bellwire.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** One unpacked distribution: configured by its files, started and ended as an administrator does. */
final class Distribution implements AutoCloseable {

    static final String TOKEN = "testsTokenOfTwentyTwoChars";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path home;
    private final int port;
    private final Map<String, String> environment = new HashMap<>();
    private Optional<Program> program = Optional.empty();

    private Distribution(Path home, int port) {
        this.home = home;
        this.port = port;
    }

    /** Unpacks what the build made, for a broker that may not be there yet. */
    static Distribution unpack(Path directory, Mosquitto broker) {
        return unpack(directory, archive(), broker);
    }

    /** The same from another archive. */
    static Distribution unpack(Path directory, Path archive, Mosquitto broker) {
        unpackArchive(directory, archive);
        Distribution distribution = new Distribution(directory.resolve("bellwire"), Loopback.freePort());
        distribution.set("org.bellwire.mqtt", "url", broker.url());
        distribution.set("org.bellwire.ingress", "host", "127.0.0.1");
        distribution.set("org.bellwire.ingress", "port", String.valueOf(distribution.port));
        distribution.set("org.bellwire.ingress", "token", TOKEN);
        distribution.set("org.bellwire.console", "port", String.valueOf(Loopback.freePort()));
        return distribution;
    }

    /** Another one with the settings and the port of this, of which only one can run at a time. */
    Distribution twin(Path directory) {
        unpackArchive(directory, archive());
        Distribution twin = new Distribution(directory.resolve("bellwire"), port);
        try (Stream<Path> files = Files.list(etc(""))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, twin.etc(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return twin;
    }

    /** Unpacks what the build made, and changes nothing. */
    static Distribution unpackAsShipped(Path directory) {
        unpackArchive(directory, archive());
        return new Distribution(directory.resolve("bellwire"), Loopback.freePort());
    }

    private static void unpackArchive(Path directory, Path archive) {
        Program.Ended tar = Program.run(
                created(directory),
                Map.of(),
                Duration.ofMinutes(1),
                List.of("tar", "-xzf", archive.toString(), "--strip-components=1", "--one-top-level=bellwire"));
        if (tar.exit() != 0) {
            throw new IllegalStateException(tar.output());
        }
    }

    static Path target() {
        return Path.of(System.getProperty("bellwire.assembly", "../karaf-assembly/target"))
                .toAbsolutePath()
                .normalize();
    }

    /** The artifacts of the distribution, in the layout of a Maven repository. */
    static Path system() {
        return target().resolve("assembly/system");
    }

    static Path archive() {
        Path target = target();
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("bellwire-.*\\.tar\\.gz"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no distribution in " + target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path home() {
        return home;
    }

    int port() {
        return port;
    }

    /** A phone's way in. */
    ActionUrlClient caller() {
        return new ActionUrlClient(Loopback.LOCALHOST, port, TOKEN);
    }

    Path etc(String name) {
        return home.resolve("etc").resolve(name);
    }

    /** Sets one key of a shipped file, as an editor does. */
    void set(String pid, String key, String value) {
        set(etc(pid + ".cfg"), key, value);
    }

    /** Sets one of Karaf's own keys. */
    void setOfKaraf(String key, String value) {
        set(etc("custom.properties"), key, value);
    }

    private static void set(Path file, String key, String value) {
        try {
            List<String> lines = new ArrayList<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
            lines.removeIf(line -> line.matches("\\s*" + key.replace(".", "\\.") + "\\s*=.*"));
            lines.add(key + " = " + value);
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(PhoneFile phone) {
        write(phone.fileName(), phone.text());
    }

    void write(String name, String text) {
        try {
            Files.writeString(etc(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(etc(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Distribution with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts it in the foreground and comes back at once. */
    void begin() {
        beginBy(home.resolve("bin/karaf").toString(), "server");
    }

    /** The same by another command. */
    void beginBy(String... command) {
        program = Optional.of(Program.start(home, home.resolve("console.txt"), environment, List.of(command)));
    }

    /** Starts it and waits until the ingress answers, and then {@code bin/bellwire}, which starts after it. */
    void start() {
        // Whose socket a killed one left was made when that one started.
        Instant begin = Instant.now().minusSeconds(1);
        begin();
        awaitIngress();
        Path socket = home.resolve("data/shell/socket");
        Waits.atMost(PATIENCE, "the shell's socket is there")
                .until(() -> Files.exists(socket)
                        && Files.getLastModifiedTime(socket).toInstant().isAfter(begin));
    }

    private void awaitIngress() {
        try {
            Waits.atMost(PATIENCE, "the ingress answers").until(() -> {
                if (!program().isAlive()) {
                    throw new AssertionError(
                            "the distribution ended: " + program().output());
                }
                return answers();
            });
        } catch (ConditionTimeoutException e) {
            List<String> log = log().lines().toList();
            throw new AssertionError(
                    "no answer on port %d; %s; the last of %d lines in %s: %s"
                            .formatted(
                                    port,
                                    listens() ? "something listens there" : "nothing listens there",
                                    log.size(),
                                    home,
                                    String.join(" || ", log.subList(Math.max(0, log.size() - 12), log.size()))),
                    e);
        }
    }

    /** Waits until the ingress answers, whoever started it. */
    void awaitAnswer() {
        Waits.atMost(PATIENCE, "the ingress answers").until(this::answers);
    }

    private boolean answers() {
        try {
            return listens() && caller().gets("/action/nobody/nothing").status() == 404;
        } catch (UncheckedIOException e) {
            return false; // the port closes and opens again while the configuration is read
        }
    }

    boolean listens() {
        try (Socket socket = new Socket(Loopback.LOCALHOST, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    Program program() {
        return program.orElseThrow();
    }

    /** The JVM among what {@code bin/karaf} started. */
    ProcessHandle java() {
        return program().family().stream()
                .filter(handle -> handle.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no JVM runs"));
    }

    /** Runs {@code bin/bellwire}, as a script does. */
    Program.Ended bellwire(String... words) {
        return script("bellwire", words);
    }

    /** Runs a script of {@code bin} to its end. */
    Program.Ended script(String name, String... words) {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin").resolve(name).toString()));
        command.addAll(List.of(words));
        return Program.run(created(home.resolve("outputs")), environment, Duration.ofSeconds(30), command);
    }

    String log() {
        return log(any -> true);
    }

    /** What stands in the logs of these names. */
    String log(Predicate<String> names) {
        Path folder = home.resolve("data/log");
        if (!Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(f -> f.toString().endsWith(".log")
                            && names.test(f.getFileName().toString()))
                    .sorted()
                    .toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The log's lines that say all of these words. */
    List<String> logged(String... words) {
        return log().lines()
                .filter(line -> Stream.of(words).allMatch(line::contains))
                .toList();
    }

    void kill() {
        program().kill();
        program().ends(Duration.ofSeconds(5));
    }

    /** Ends it, and what {@code bin/start} started. The logs stay, the rest is removed. */
    @Override
    public void close() {
        program.ifPresent(Program::close);
        ProcessHandle.allProcesses().filter(this::runsHere).forEach(ProcessHandle::destroyForcibly);
        for (String part : List.of("bin", "lib", "system", "etc", "data/cache", "data/tmp", "data/kar", "deploy")) {
            remove(home.resolve(part));
        }
    }

    private boolean runsHere(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "cwd"))
                    .equals(home);
        } catch (IOException e) {
            return false;
        }
    }

    private static void remove(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root, new FileVisitOption[0])) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path created(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
