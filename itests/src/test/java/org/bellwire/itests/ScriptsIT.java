package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the scripts do where the machine is not as they would like it. */
final class ScriptsIT {

    private static final Duration AN_END = Duration.ofSeconds(90);

    private static Distribution unpacked(String name) {
        Path folder = Scratch.folder(name);
        return Distribution.unpack(folder, Mosquitto.absent(folder));
    }

    private static Program.Ended run(Distribution bellwire, Map<String, String> environment, String... command) {
        return Program.run(bellwire.home(), environment, AN_END, List.of(command));
    }

    private static void awaitShell(Distribution bellwire) {
        Waits.atMost(Duration.ofSeconds(60), "the shell answers")
                .until(() -> bellwire.bellwire("phone:vendors").output().contains("htek"));
    }

    @Test
    void what_a_new_version_left_open_is_closed_at_each_start() throws IOException {
        try (Distribution bellwire = unpacked("open")) {
            bellwire.start();
            bellwire.program().close();
            run(bellwire, Map.of(), "chmod", "-R", "a+rX", "etc", "data");
            bellwire.start();
            assertThat(readableByOthers(bellwire.home().resolve("etc"))).isEmpty();
            assertThat(readableByOthers(bellwire.home().resolve("data"))).isEmpty();
        }
    }

    @Test
    void token_that_is_made_and_written_to_its_file_is_closed_to_others() throws IOException {
        try (Distribution bellwire = unpacked("token-file")) {
            bellwire.set("org.bellwire.ingress", "token", "");
            bellwire.start();
            Path file = bellwire.etc("org.bellwire.ingress.cfg");
            Waits.until("the token is written", () -> Files.readString(file).matches("(?s).*token = ?\\S{22,}.*"));
            assertThat(readableByOthers(file)).isEmpty();
        }
    }

    private static Set<String> readableByOthers(Path root) throws IOException {
        Set<String> open = new TreeSet<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::exists).toList()) {
                Set<PosixFilePermission> all = Files.getPosixFilePermissions(file);
                if (PosixFilePermissions.toString(all).substring(3).matches(".*[rwx].*")) {
                    open.add(file.toString());
                }
            }
        }
        return open;
    }

    @Test
    void scripts_know_what_runs_where_there_is_no_ps() throws IOException {
        try (Distribution bellwire = unpacked("no-ps")) {
            Path tools = Files.createDirectory(bellwire.home().resolve("tools"));
            for (String folder : List.of("/bin", "/usr/bin")) {
                try (Stream<Path> files = Files.list(Path.of(folder))) {
                    for (Path file : files.filter(f -> !f.endsWith("ps")).toList()) {
                        Files.deleteIfExists(tools.resolve(file.getFileName()));
                        Files.createSymbolicLink(tools.resolve(file.getFileName()), file);
                    }
                }
            }
            bellwire.with("PATH", tools.toString());
            assertThat(bellwire.script("status").output()).contains("Not running");
            assertThat(bellwire.script("start").exit()).isZero();
            assertThat(bellwire.script("status").output()).contains("Running (pid ");
            assertThat(bellwire.script("start").output()).contains("runs already");
            bellwire.awaitAnswer();
            assertThat(bellwire.script("stop").exit()).isZero();
            assertThat(bellwire.script("status").output()).contains("Not running");
            assertThat(bellwire.listens()).isFalse();
        }
    }

    @Test
    void start_that_fails_says_why() {
        try (Distribution bellwire = unpacked("no-java")) {
            Program.Ended start = bellwire.with("JAVA_HOME", "/nowhere").script("start");
            assertThat(start.exit()).isNotZero();
            assertThat(start.output()).contains("no java at /nowhere/bin/java");
        }
    }

    @Test
    void folder_with_an_umlaut_and_blanks_serves_in_any_locale() {
        try (Distribution bellwire = unpacked("odd-name")) {
            // By the shell: the name is not for this Java to write if it runs in the locale C itself.
            String move =
                    "d=\"$(printf 'B\\303\\274ro 2')\" && mkdir \"../$d\" && mv * \"../$d\" && cd .. && rmdir bellwire"
                            + " && ln -s \"$d\" bellwire";
            assertThat(run(bellwire, Map.of(), "sh", "-c", move).exit()).isZero();
            bellwire.with("LC_ALL", "C").start();
            awaitShell(bellwire);
            assertThat(bellwire.script("status").output()).contains("Running");
            assertThat(bellwire.script("stop").exit()).isZero();
            assertThat(bellwire.listens()).isFalse();
        }
    }

    @Test
    void bellwire_that_may_have_no_more_threads_ends_and_says_what_to_change() {
        try (Distribution bellwire = unpacked("threads")) {
            // Stacks of half a gigabyte of address space: after some 20 threads there is no room for another, for root
            // either.
            Program.Ended end = run(
                    bellwire,
                    Map.of("EXTRA_JAVA_OPTS", "-Xss512m"),
                    "prlimit",
                    "--as=12000000000",
                    "bin/karaf",
                    "server");
            assertThat(end.exit()).as(end.output()).isEqualTo(3);
            assertThat(end.output()).contains("Bellwire ends", "TasksMax=", "ulimit -u");
        }
    }

    @Test
    void bellwire_without_one_of_its_bundles_ends_and_names_it() throws IOException {
        try (Distribution bellwire = unpacked("bundle")) {
            run(bellwire, Map.of(), "sh", "-c", "rm -r system/org/bellwire/bellwire-line");
            Program.Ended end = run(bellwire, Map.of(), "bin/karaf", "server");
            assertThat(end.exit()).as(end.output()).isNotZero();
            assertThat(end.output()).contains("org.bellwire/bellwire-line");
        }
    }

    @Test
    void audit_log_has_files_of_its_own_which_are_rotated_and_bounded() throws IOException {
        try (Distribution bellwire = unpacked("audit")) {
            Path logging = bellwire.etc("org.ops4j.pax.logging.cfg");
            Files.writeString(logging, Files.readString(logging).replaceAll("size = [0-9]MB", "size = 1KB"));
            bellwire.start();
            awaitShell(bellwire);
            for (int i = 0; i < 20; i++) {
                bellwire.bellwire("phone:send", "nobody" + i + "\u001b[31m", "dial", "4711");
            }
            Path folder = bellwire.home().resolve("data/log");
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> audits = files.filter(f -> f.getFileName().toString().startsWith("audit"))
                        .toList();
                assertThat(audits)
                        .hasSizeBetween(2, 5)
                        .allSatisfy(file -> assertThat(file).content().hasSizeLessThan(2_000));
            }
            assertThat(folder.resolve("audit.log"))
                    .content()
                    .contains("from shell: refused")
                    .doesNotContain("\u001b");
            assertThat(folder.resolve("bellwire.log")).content().doesNotContain("from shell: refused");
        }
    }
}
