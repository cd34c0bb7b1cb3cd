package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Debian package: what is in it, and what it does to a machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DebianPackageIT {

    private static final Duration AN_END = Duration.ofMinutes(5);
    private static final int NO_SUCH_ROOT = 77;
    private static final Pattern HELP_LINE = Pattern.compile("(?m)^  ([a-z]+(?::[a-z]+)?) ");

    private Path folder;
    private Path tree;
    private Path control;

    @BeforeAll
    void unpack() {
        folder = Scratch.folder("debian");
        tree = folder.resolve("tree");
        control = folder.resolve("control");
        assertThat(run("dpkg-deb", "-x", deb().toString(), tree.toString()).exit())
                .isZero();
        assertThat(run("dpkg-deb", "-e", deb().toString(), control.toString()).exit())
                .isZero();
    }

    private Program.Ended run(String... command) {
        return Program.run(folder, Map.of(), AN_END, List.of(command));
    }

    private static Path deb() {
        return Distribution.target().resolve("bellwire_" + System.getProperty("bellwire.version") + "_all.deb");
    }

    private Set<String> files(String below) throws IOException {
        try (Stream<Path> all = Files.walk(tree.resolve(below))) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> "/" + tree.relativize(file))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void everything_below_etc_is_a_file_of_configuration_that_dpkg_keeps() throws IOException {
        assertThat(new TreeSet<>(Files.readAllLines(control.resolve("conffiles"))))
                .isEqualTo(files("etc"))
                .contains("/etc/bellwire/org.bellwire.mqtt.cfg", "/etc/default/bellwire")
                .doesNotContain("/etc/bellwire/startup.properties");
    }

    @Test
    void what_belongs_to_the_version_is_a_link_to_what_an_upgrade_replaces() throws IOException {
        for (String name : List.of("startup.properties", "config.properties", "org.apache.karaf.features.cfg")) {
            Path link = tree.resolve("etc/bellwire").resolve(name);
            assertThat(Files.readSymbolicLink(link)).hasToString("/usr/share/bellwire/lib/etc/" + name);
            assertThat(tree.resolve("usr/share/bellwire/lib/etc").resolve(name)).isRegularFile();
        }
    }

    @Test
    void whole_etc_of_the_distribution_is_there() throws IOException {
        Path shipped = tree.resolve("usr/share/bellwire/lib/etc");
        try (Stream<Path> all = Files.walk(shipped)) {
            List<String> names = all.filter(Files::isRegularFile)
                    .map(file -> shipped.relativize(file).toString())
                    .toList();
            assertThat(names)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(name -> assertThat(
                                    Files.exists(tree.resolve("etc/bellwire").resolve(name), LinkOption.NOFOLLOW_LINKS))
                            .as(name)
                            .isTrue());
        }
    }

    @Test
    void files_are_roots_and_only_programs_are_executable() throws IOException {
        String listing = run("dpkg-deb", "-c", deb().toString()).output();
        assertThat(listing.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("root/root"));
        for (String file : files("")) {
            String permissions =
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(tree.resolve(file.substring(1))));
            String expected = file.startsWith("/etc/bellwire/")
                    ? "rw-rw----"
                    : file.matches("/usr/share/bellwire/bin/(bellwire|karaf|start|status|stop)")
                            ? "rwxr-xr-x"
                            : "rw-r--r--";
            assertThat(permissions).as(file).isEqualTo(expected);
        }
    }

    @Test
    void package_needs_a_java_and_recommends_a_broker() {
        String fields = run("dpkg-deb", "-f", deb().toString()).output();
        assertThat(fields)
                .contains("Package: bellwire\n", "Architecture: all\n", "Recommends: mosquitto\n")
                .containsPattern("(?m)^Depends: .*java17-runtime-headless")
                .containsPattern("(?m)^Version: "
                        + Pattern.quote(System.getProperty("bellwire.version").replace('-', '~')) + "$");
    }

    @ParameterizedTest
    @ValueSource(strings = {"preinst", "postinst", "prerm", "postrm"})
    void script_of_the_package_is_one_of_the_shell(String name) {
        assertThat(run("sh", "-n", control.resolve(name).toString()).exit()).isZero();
        assertThat(control.resolve(name)).isExecutable();
    }

    @Test
    void man_page_and_completion_know_every_command_of_the_help() throws IOException {
        String help = run(tree.resolve("usr/share/bellwire/bin/bellwire").toString(), "--help")
                .output();
        Set<String> commands = new TreeSet<>();
        for (Matcher line = HELP_LINE.matcher(help); line.find(); ) {
            commands.add(line.group(1));
        }
        assertThat(commands).contains("phone:list", "backup", "health").hasSizeGreaterThan(15);
        String completion = Files.readString(tree.resolve("usr/share/bash-completion/completions/bellwire"));
        String man;
        try (GZIPInputStream in =
                new GZIPInputStream(Files.newInputStream(tree.resolve("usr/share/man/man1/bellwire.1.gz")))) {
            man = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        for (String command : commands) {
            assertThat(completion).containsPattern("(?s)commands=\"[^\"]*\\b" + command + "\\b");
            assertThat(man).containsPattern("(?m)^\\.(B|BR) " + command + "( |$)");
        }
    }

    @Test
    void bash_completes_commands_and_options() {
        String script =
                tree.resolve("usr/share/bash-completion/completions/bellwire").toString();
        String ask = ". " + script + "; COMP_WORDS=(bellwire ba); COMP_CWORD=1; _bellwire; echo ${COMPREPLY[*]};"
                + " COMP_WORDS=(bellwire upgrade --d); COMP_CWORD=2; _bellwire; echo ${COMPREPLY[*]}";
        assertThat(run("bash", "--norc", "-c", ask).output()).isEqualTo("backup\n--dry-run\n");
    }

    @Test
    void unit_is_one_that_systemd_reads_and_is_closed() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "no systemd-analyze");
        Path unit = tree.resolve("usr/lib/systemd/system/bellwire.service");
        String verify = run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", unit.toString())
                .output();
        assertThat(verify.lines().filter(line -> !line.contains("is not executable")))
                .isEmpty();
        String security = run("systemd-analyze", "security", "--no-pager", "--offline=true", unit.toString())
                .output();
        Matcher exposure = Pattern.compile("exposure level for bellwire.service: ([0-9.]+)")
                .matcher(security);
        assertThat(exposure.find()).as(security).isTrue();
        System.out.printf(
                "figure: exposure of the unit (systemd-analyze security, 0 best, 10 worst): %s%n", exposure.group(1));
        assertThat(Double.parseDouble(exposure.group(1))).isLessThan(2.0);
    }

    @Test
    void package_is_installed_started_upgraded_removed_and_purged() {
        assumeTrue("root".equals(System.getProperty("user.name")), "not root");
        Path script = Path.of(System.getProperty("bellwire.debian", "src/test/debian"), "lifecycle")
                .toAbsolutePath();
        Program.Ended life = run(script.toString(), deb().toString());
        if (life.exit() == NO_SUCH_ROOT) {
            System.out.println("left out: " + life.output().strip());
        }
        assumeTrue(life.exit() != NO_SUCH_ROOT, life.output());
        System.out.println(life.output());
        assertThat(life.exit()).as(life.output()).isZero();
        System.out.printf(
                "figure: installation to purge of the Debian package: %d s%n",
                life.took().toSeconds());
    }
}
