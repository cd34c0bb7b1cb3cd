package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Starts and ends, clean and not. */
@Tag("alone")
final class LifecycleIT {

    private static final Duration CLEAN_STOP = Duration.ofSeconds(10);

    @Test
    void cold_start_and_memory_are_measured() throws IOException {
        try (Site site = Site.prepared("start")) {
            for (int i = 0; i < 10; i++) {
                site.bellwire().write(phone(i));
            }
            System.out.printf("figure: cold start to the first 200 with 10 phones: %d ms%n", startToFirst200(site));
            Waits.atMost(Duration.ofSeconds(30), "all phones are announced").until(() -> {
                try (Listener listener = site.listener()) {
                    return listener.first("bellwire/bridge/info")
                                    .json()
                                    .get("phones")
                                    .getAsInt()
                            == 10;
                }
            });
            ProcessHandle java = site.bellwire().java();
            System.out.printf("figure: idle memory (RSS) with 10 phones: %d MB%n", rss(java.pid()) / 1024);
            assertThat(listeningPorts(java.pid()))
                    .as("open ports")
                    .contains(site.bellwire().port());
            System.out.printf("figure: ports open: %s%n", listeningPorts(java.pid()));

            site.bellwire().program().close();
            System.out.printf("figure: second start to the first 200: %d ms%n", startToFirst200(site));
        }
    }

    private static PhoneFile phone(int number) {
        return PhoneFile.of("p" + number, "htek").with("mac", mac(number));
    }

    private static String mac(int number) {
        return "001fc10006%02x".formatted(number);
    }

    private static long startToFirst200(Site site) {
        long begin = System.nanoTime();
        site.bellwire().begin();
        Waits.atMost(Duration.ofSeconds(60), "the first 200")
                .ignoreExceptions()
                .until(() -> site.caller().reports("htek", "/Offhook?mac=" + mac(3)) == 200);
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static long rss(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    /** The TCP ports that a process listens on. */
    private static List<Integer> listeningPorts(long pid) throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid));
        List<String> sockets;
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            sockets = files.map(LifecycleIT::target)
                    .filter(name -> name.startsWith("socket:["))
                    .map(name -> name.replaceAll("\\D", ""))
                    .toList();
        }
        return Stream.of("tcp", "tcp6")
                .map(name -> process.resolve("net").resolve(name))
                .flatMap(LifecycleIT::lines)
                .map(line -> line.strip().split("\\s+"))
                .filter(field -> field.length > 9 && field[3].equals("0A") && sockets.contains(field[9]))
                .map(field -> Integer.parseInt(field[1].substring(field[1].indexOf(':') + 1), 16))
                .sorted()
                .toList();
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    @Test
    void terminated_bellwire_says_offline_and_leaves_nothing() {
        try (Site site = Site.running("stop");
                Listener listener = site.listener()) {
            listener.hears("bellwire/bridge/status", "online");
            List<ProcessHandle> family = site.bellwire().program().family();
            int mark = listener.mark();

            site.bellwire().program().terminate();

            listener.after(mark)
                    .first("bellwire/bridge/status", h -> h.payload().equals("offline"));
            Waits.atMost(CLEAN_STOP, "all processes ended")
                    .until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(site.bellwire().listens()).isFalse();
            assertThat(site.bellwire().logged("ERROR")).isEmpty();
        }
    }

    @Test
    void start_and_stop_scripts_start_and_stop() {
        try (Site site = Site.prepared("scripts")) {
            assertThat(site.bellwire().script("start").exit()).isZero();
            site.bellwire().awaitAnswer();
            try (Listener listener = site.listener()) {
                listener.hears("bellwire/bridge/status", "online", Duration.ofSeconds(20));
                Program.Ended stop = site.bellwire().script("stop");
                assertThat(stop.exit()).as(stop.output()).isZero();
                listener.hears("bellwire/bridge/status", "offline");
                Waits.atMost(CLEAN_STOP, "the ingress is gone")
                        .until(() -> !site.bellwire().listens());
            }
        }
    }

    @Test
    void killed_bellwire_is_told_offline_by_the_broker_and_starts_again() {
        try (Site site = Site.prepared("kill");
                RecordingPhone phone = RecordingPhone.http();
                Listener listener = site.listener()) {
            site.bellwire().write(phone(1).at(phone));
            site.start();
            int mark = listener.mark();

            site.bellwire().kill();

            listener.after(mark)
                    .first("bellwire/bridge/status", h -> h.payload().equals("offline"));
            listener.publish("bellwire/p1/command/speaker", "PRESS", true);
            listener.command("p1", "redial", "PRESS");

            site.start();

            Waits.until(
                    "the phone is known again", () -> site.caller().reports("htek", "/Offhook?mac=" + mac(1)) == 200);
            assertThat(listener.commanded("p1", "headset", "PRESS").status()).isEqualTo("accepted");
            assertThat(phone.targets())
                    .as("the retained command and the one of meanwhile are not carried out")
                    .containsExactly("/Phone_ActionURL&key=HEADSET");
        }
    }

    @Test
    void newer_java_runs_it_too() {
        Optional<Path> jdk25 = newerJava();
        if (jdk25.isEmpty()) {
            System.out.println("left out: no JDK 25 under /usr/lib/jvm");
        }
        assumeTrue(jdk25.isPresent(), "no JDK 25 under /usr/lib/jvm");
        try (Site site = Site.prepared("jdk25");
                Listener listener = site.listener()) {
            site.bellwire().with("JAVA_HOME", jdk25.orElseThrow().toString()).write(phone(1));
            site.start();

            Waits.until("an event is taken", () -> site.caller().reports("htek", "/Offhook?mac=" + mac(1)) == 200);

            listener.hears("bellwire/p1/state/off_hook", "ON");
            assertThat(site.bellwire().java().info().command().orElseThrow())
                    .startsWith(jdk25.orElseThrow().toString());
        }
    }

    @Test
    void folder_that_ran_under_a_newer_java_sees_changed_files_under_an_older_one_too() {
        Optional<Path> jdk25 = newerJava();
        assumeTrue(jdk25.isPresent(), "no JDK 25 under /usr/lib/jvm");
        String other = jdk25.orElseThrow().toString();
        String own = System.getProperty("java.home");
        try (Site site = Site.prepared("two-javas")) {
            site.bellwire().write(phone(1));
            int starts = 0;
            for (String home : List.of(other, own, other)) {
                site.bellwire().with("JAVA_HOME", home);
                site.start();
                assertThat(site.bellwire().java().info().command().orElseThrow())
                        .startsWith(home);
                String token = "tokenNumber" + ++starts + "OfTwentyTwoChars";
                site.bellwire().set("org.bellwire.ingress", "token", token);
                Waits.until(
                        "the edit is seen under " + home,
                        () -> site.caller().withToken(token).reports("htek", "/Offhook?mac=" + mac(1)) == 200);
                site.bellwire().program().close();
            }
        }
    }

    private static Optional<Path> newerJava() {
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(all)) {
            return homes.filter(home -> home.getFileName().toString().matches(".*(jdk|java|temurin)-?25.*"))
                    .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
