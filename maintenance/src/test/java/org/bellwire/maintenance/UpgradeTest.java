package org.bellwire.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bellwire.api.config.RenamedKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UpgradeTest {

    private static final String BOOT = """
            featuresBoot = \\
                scr/4.4.10, \\
                bellwire/%1$s, \\
                bellwire-htek/%1$s, \\
                bellwire-nfon/%1$s

            autoRefresh=true
            """;

    @TempDir
    private Path temp;

    private FakeInstallation there;
    private FakeInstallation here;

    @BeforeEach
    void prepare() {
        there = version("old", "1.0")
                .with("etc/org.bellwire.mqtt.cfg", "url = tcp://broker:1883\n")
                .with("etc/org.bellwire.phone-lobby.cfg", "vendor = htek\n")
                .with("data/spool/states.txt", "states")
                .with("data/cache/bundle1/x.jar", "old")
                .with("data/log/bellwire.log", "old");
        here = version("new", "2.0").shipping("org.bellwire.line.cfg", "timeout.ms = 4000\n");
    }

    private FakeInstallation version(String name, String version) {
        return new FakeInstallation(temp.resolve(name))
                .shipping("org.bellwire.mqtt.cfg", "# of " + version + "\n")
                .shipping("org.bellwire.line.cfg", "timeout.ms = 5000\n")
                .shipping("startup.properties", version)
                .shipping("org.apache.karaf.features.cfg", BOOT.formatted(version));
    }

    private int upgrade(String... more) {
        String[] words = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                "upgrade", "--from", there.home().toString()),
                        java.util.stream.Stream.of(more))
                .toArray(String[]::new);
        return here.runs("", words);
    }

    @Test
    void configuration_and_data_are_taken_over() throws IOException {
        assertThat(upgrade()).as(here.printed()).isZero();
        assertThat(here.text("etc/org.bellwire.mqtt.cfg")).contains("tcp://broker:1883");
        assertThat(here.text("etc/org.bellwire.phone-lobby.cfg")).contains("htek");
        assertThat(here.text("data/spool/states.txt")).isEqualTo("states");
        assertThat(there.text("data/spool/states.txt")).isEqualTo("states");
    }

    @Test
    void what_belongs_to_the_version_or_is_made_anew_is_not() throws IOException {
        upgrade();
        assertThat(here.text("etc/startup.properties")).isEqualTo("2.0");
        assertThat(here.has("data/cache")).isFalse();
        assertThat(here.has("data/log")).isFalse();
    }

    @Test
    void file_that_nobody_changed_is_the_new_versions() throws IOException {
        upgrade();
        assertThat(here.text("etc/org.bellwire.line.cfg")).isEqualTo("timeout.ms = 4000\n");
    }

    @Test
    void dry_run_shows_everything_and_changes_nothing() throws IOException {
        assertThat(upgrade("--dry-run")).isZero();
        assertThat(here.printed())
                .contains("replaced  " + here.home().resolve("etc/org.bellwire.mqtt.cfg"))
                .contains("new       " + here.home().resolve("etc/org.bellwire.phone-lobby.cfg"))
                .contains("new       " + here.home().resolve("data/spool/states.txt"))
                .contains("nothing was changed");
        assertThat(here.text("etc/org.bellwire.mqtt.cfg")).doesNotContain("broker");
        assertThat(here.has("data/upgrade.txt")).isFalse();
    }

    @Test
    void second_run_has_nothing_to_do() {
        upgrade();
        assertThat(upgrade()).isZero();
        assertThat(here.printed()).contains("0 files to take, 3 are the same");
    }

    @Test
    void second_run_takes_what_changed_there_and_leaves_what_changed_here() throws IOException {
        upgrade();
        there.with("etc/org.bellwire.mqtt.cfg", "url = tcp://other:1883\n")
                .with("data/spool/states.txt", "newer there");
        here.with("data/spool/states.txt", "newest here");
        assertThat(upgrade()).isZero();
        assertThat(here.text("etc/org.bellwire.mqtt.cfg")).contains("other");
        assertThat(here.text("data/spool/states.txt")).isEqualTo("newest here");
        assertThat(here.printed()).contains("kept      " + here.home().resolve("data/spool/states.txt"));
    }

    @Test
    void what_karaf_writes_into_its_access_lists_is_nobodys_change() {
        there.shipping("org.apache.karaf.command.acl.feature.cfg", "install = admin\n")
                .with("etc/org.apache.karaf.command.acl.feature.cfg", "install = admin\n*=*\n");
        upgrade();
        assertThat(here.printed()).doesNotContain("acl");
    }

    @Test
    void change_of_a_file_of_the_version_is_named() {
        there.with("etc/startup.properties", "with a change");
        upgrade();
        assertThat(here.printed()).contains("not taken").contains("etc/startup.properties");
    }

    @Test
    void renamed_key_is_named_with_its_successor() throws IOException, Refused {
        RenamedKeys renamed =
                new RenamedKeys(Map.of("org.bellwire.mqtt.cfg url", "broker.url", "org.bellwire.phone vendor", ""));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Installation target = here.installation();
        new Upgrade(
                        target,
                        new Replacement(target, temp.resolve("aside")),
                        new PrintStream(printed, true, StandardCharsets.UTF_8),
                        renamed)
                .run(there.installation(), true);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("etc/org.bellwire.mqtt.cfg: url: it is called broker.url now, write that instead")
                .contains("etc/org.bellwire.phone-lobby.cfg: vendor: there is no such key any more, take it out");
    }

    @Test
    void uninstalled_feature_stays_uninstalled_and_an_installed_one_installed() throws IOException {
        there.with(
                "data/cache/bundle9/data/state.json",
                "{\"requirements\":{\"root\":[\"feature:bellwire/1.0\",\"feature:scr/[4.4.10,4.4.10]\","
                        + "\"feature:bellwire-htek/1.0\",\"feature:bellwire-simulator\"]}}");
        upgrade();
        assertThat(here.printed()).contains("bellwire-nfon is left out", "bellwire-simulator is installed");
        assertThat(here.text("etc/org.apache.karaf.features.cfg"))
                .contains("bellwire/2.0", "bellwire-htek/2.0", "bellwire-simulator", "scr/4.4.10", "autoRefresh=true")
                .doesNotContain("nfon");
        assertThat(upgrade()).isZero();
        assertThat(here.printed()).doesNotContain("feature ");
    }

    @Test
    void features_are_kept_where_a_package_has_replaced_the_program() throws IOException {
        here.with("before/lib/etc/org.apache.karaf.features.cfg", BOOT.formatted("1.0"))
                .with("data/cache/bundle9/data/state.json", "\"feature:bellwire/1.0\",\"feature:bellwire-nfon/1.0\"");
        Path linked = here.home().resolve("etc/org.apache.karaf.features.cfg");
        Files.delete(linked);
        Files.createSymbolicLink(linked, here.home().resolve("lib/etc/org.apache.karaf.features.cfg"));
        assertThat(here.runs("", "keep-features", here.home().resolve("before").toString()))
                .as(here.printed())
                .isZero();
        assertThat(here.text("etc/org.apache.karaf.features.cfg"))
                .contains("bellwire-nfon/2.0")
                .doesNotContain("htek");
        assertThat(here.text("lib/etc/org.apache.karaf.features.cfg")).contains("htek");
    }

    @Test
    void folder_that_is_no_bellwire_is_refused() throws IOException {
        Path other = Files.createDirectory(temp.resolve("other"));
        assertThat(here.runs("", "upgrade", "--from", other.toString())).isEqualTo(1);
        assertThat(here.printed()).contains("is no folder of Bellwire");
    }

    @Test
    void bellwire_is_not_upgraded_from_itself() {
        assertThat(here.runs("", "upgrade", "--from", here.home().toString())).isEqualTo(1);
        assertThat(here.printed()).contains("is this Bellwire itself");
    }

    @Test
    void upgrade_is_refused_while_the_old_one_runs() throws IOException {
        Process running = new ProcessBuilder(
                        "sh", "-c", "read x", "-Dkaraf.data=" + there.home().resolve("data"))
                .start();
        try {
            there.with("data/karaf.pid", running.pid() + "\n");
            assertThat(upgrade()).isEqualTo(1);
            assertThat(here.printed()).contains("runs (pid " + running.pid() + ")");
        } finally {
            running.destroyForcibly();
        }
    }

    @Test
    void wrong_words_are_told() {
        assertThat(here.runs("", "upgrade")).isEqualTo(2);
        assertThat(here.runs("", "upgrade", "--to", "x")).isEqualTo(2);
        assertThat(here.runs("", "nothing")).isEqualTo(2);
    }
}
