package org.bellwire.shell.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Command;
import org.bellwire.shell.Results;
import org.bellwire.shell.Shell;
import org.bellwire.shell.ShownPhones;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code bin/bellwire} in a folder laid out like the distribution's. */
class ScriptTest {

    private static final Path SCRIPT = Path.of("../../karaf-assembly/src/main/distribution/bin/bellwire");

    @TempDir
    Path temp;

    private final Shell shell = new Shell();
    private Path home = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(temp.resolve("home with blank"));
        Files.createDirectories(home.resolve("bin"));
        Files.copy(SCRIPT, home.resolve("bin/bellwire"));
        copyClient(home.resolve("system/org/bellwire/bellwire-shell/1/bellwire-shell-1.jar/org/bellwire/shell/local"));
        shell.phones.add(ShownPhones.lobby());
    }

    /** The client alone, as a folder in the jar's place: it needs nothing else of the bundle. */
    private static void copyClient(Path to) throws IOException {
        Files.createDirectories(to);
        try (DirectoryStream<Path> classes = Files.newDirectoryStream(
                Path.of("target/classes/org/bellwire/shell/local"), "{CommandClient,CommandProtocol}*.class")) {
            for (Path type : classes) {
                Files.copy(type, to.resolve(type.getFileName()));
            }
        }
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void arguments_arrive_as_they_are() throws Exception {
        shell.result = Results.accepted();
        String text = "Front door's \"bell\" $HOME `id` \\n * ; | & Türe";
        CommandServer instance = new CommandServer(shell.factory(), home.resolve("data/shell"));
        instance.open();
        try {
            assertThat(run("phone:send", "lobby", "text", text))
                    .isEqualTo(new Ran(0, "lobby dial: accepted (HTTP 200, 38 ms)\n", ""));
        } finally {
            instance.close();
        }
        assertThat(shell.orders)
                .singleElement()
                .satisfies(order -> assertThat(order.payload()).isEqualTo(text));
    }

    @Test
    void status_is_the_commands() throws Exception {
        CommandServer instance = new CommandServer(shell.factory(), home.resolve("data/shell"));
        instance.open();
        try {
            assertThat(run("phone:show", "attic").status()).isEqualTo(1);
            assertThat(run("phone:show").status()).isEqualTo(2);
            assertThat(run("phone:list | grep lobby").status()).isZero();
        } finally {
            instance.close();
        }
    }

    @Test
    void instance_that_does_not_run_has_status_3() throws Exception {
        Ran ran = run("phone:list");

        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.err())
                .startsWith("bellwire: Bellwire is not running: start it with ")
                .endsWith("/bin/start\n");
    }

    @Test
    void script_without_a_command_helps_and_has_status_2() throws Exception {
        Ran ran = run();

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("Usage: bin/bellwire");
    }

    @Test
    void help_lists_every_command_of_this_bundle() throws Exception {
        String help = run("--help").out();

        assertThat(Shell.COMMANDS)
                .extracting(type -> type.getAnnotation(Command.class))
                .allSatisfy(command -> assertThat(help).contains("  " + command.scope() + ":" + command.name()));
        assertThat(help.lines().filter(line -> line.startsWith("  phone:"))).hasSize(Shell.COMMANDS.size());
    }

    private record Ran(int status, String out, String err) {}

    /** Runs the script as a scheduled job would: without a terminal, and with the poorest locale. */
    private Ran run(String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", home.resolve("bin/bellwire").toString()));
        command.addAll(List.of(words));
        File out = temp.resolve("out").toFile();
        File err = temp.resolve("err").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.startsWith("KARAF"));
        builder.environment().put("LANG", "C");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(20, TimeUnit.SECONDS))
                    .as("the script ends")
                    .isTrue();
            return new Ran(process.exitValue(), read(out), read(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(File file) throws IOException {
        return Files.readString(file.toPath(), StandardCharsets.UTF_8);
    }
}
