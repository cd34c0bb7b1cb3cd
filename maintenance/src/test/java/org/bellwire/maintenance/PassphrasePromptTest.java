package org.bellwire.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is typed at a terminal, which util-linux' {@code script} plays. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PassphrasePromptTest {

    private static final String TYPED = "typed at a terminal";

    @TempDir
    private Path temp;

    private FakeInstallation installation;
    private Path file;

    @BeforeEach
    void prepare() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script of util-linux");
        installation = new FakeInstallation(temp.resolve("bellwire"))
                .with("etc/org.bellwire.phone-hall.cfg", "vendor = htek\n");
        file = temp.resolve("bellwire.backup");
    }

    @Test
    void new_passphrase_is_asked_for_twice_and_not_shown() throws IOException, InterruptedException {
        try (Terminal terminal = terminal("backup")) {
            terminal.answer("Passphrase: ", TYPED);
            terminal.answer("Once more: ", TYPED);
            assertThat(terminal.end()).as(terminal.shown()).isZero();
            assertThat(terminal.shown()).contains("encrypted").doesNotContain(TYPED);
        }
        assertThat(installation.runs(OpenSslCipher.ITERATIONS, TYPED, "restore", file.toString(), "--dry-run"))
                .as(installation.printed())
                .isZero();
    }

    @Test
    void two_different_ones_write_nothing() throws IOException, InterruptedException {
        try (Terminal terminal = terminal("backup")) {
            terminal.answer("Passphrase: ", TYPED);
            terminal.answer("Once more: ", TYPED + "!");
            assertThat(terminal.end()).isEqualTo(1);
            assertThat(terminal.shown()).contains("these were two different ones");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void restore_asks_once() throws IOException, InterruptedException {
        installation.runs(OpenSslCipher.ITERATIONS, TYPED, "backup", file.toString());
        installation.with("etc/org.bellwire.phone-hall.cfg", "vendor = nobody\n");
        try (Terminal terminal = terminal("restore")) {
            terminal.answer("Passphrase: ", TYPED);
            assertThat(terminal.end()).as(terminal.shown()).isZero();
            assertThat(terminal.shown()).doesNotContain("Once more").doesNotContain(TYPED);
        }
        assertThat(installation.text("etc/org.bellwire.phone-hall.cfg")).isEqualTo("vendor = htek\n");
    }

    private Terminal terminal(String command) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path home = installation.home();
        return new Terminal(Stream.of(
                        java,
                        "-Dkaraf.home=" + home,
                        "-Dkaraf.etc=" + home.resolve("etc"),
                        "-Dkaraf.data=" + home.resolve("data"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Maintenance.class.getName(),
                        command,
                        file.toString())
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" ")));
    }

    private static final class Terminal implements AutoCloseable {

        private final Process process;
        private final StringBuilder shown = new StringBuilder();

        Terminal(String command) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(List.of("script", "-qec", command, "/dev/null"));
            builder.environment().remove(Passphrase.VARIABLE);
            process = builder.redirectErrorStream(true).start();
        }

        /** Waits for a prompt at the end of what is shown: typed before it, the answer would be echoed. */
        void answer(String prompt, String line) throws IOException {
            while (shown.indexOf(prompt) < 0) {
                int next = process.getInputStream().read();
                assertThat(next).as("no prompt in: " + shown).isNotNegative();
                shown.append((char) next);
            }
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        }

        int end() throws IOException, InterruptedException {
            shown.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return process.waitFor();
        }

        String shown() {
            return shown.toString();
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
