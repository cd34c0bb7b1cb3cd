package org.bellwire.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackupTest {

    private static final String TOKEN = "token = secretTokenOfTheSite12\n";
    private static final String STATES = "#bellwire-states 1\nlobby {\"missed\":2}\n";

    @TempDir
    private Path temp;

    private FakeInstallation source;
    private FakeInstallation target;
    private Path file;

    @BeforeEach
    void prepare() {
        source = new FakeInstallation(temp.resolve("source"))
                .with("etc/org.bellwire.ingress.cfg", TOKEN)
                .with("etc/org.bellwire.phone-lobby.cfg", "vendor = htek\n")
                .with("etc/contacts.csv", "number,name,tags\n42,Jürgen,vip\n")
                .with("etc/mqtt", "hunter2")
                .with("data/spool/states.txt", STATES);
        target = new FakeInstallation(temp.resolve("target"));
        file = temp.resolve("bellwire.backup");
    }

    private int backup() {
        return source.runs(FakeInstallation.PASSPHRASE, "backup", file.toString());
    }

    private int restore(String... more) {
        return target.runs(
                java.util.stream.Stream.concat(List.of("restore", file.toString()).stream(), List.of(more).stream())
                        .toList());
    }

    @Test
    void backup_brings_back_configuration_secrets_contacts_and_states() throws IOException {
        assertThat(backup()).as(source.printed()).isZero();
        assertThat(restore()).as(target.printed()).isZero();
        for (String name : List.of(
                "etc/org.bellwire.ingress.cfg",
                "etc/org.bellwire.phone-lobby.cfg",
                "etc/contacts.csv",
                "etc/mqtt",
                "data/spool/states.txt")) {
            assertThat(target.text(name)).as(name).isEqualTo(source.text(name));
        }
    }

    @Test
    void backup_holds_nothing_in_the_clear_and_is_nobody_elses() throws IOException {
        backup();
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("secretTokenOfTheSite12", "hunter2", "org.bellwire");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void backup_is_opened_by_openssl_alone() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "no openssl");
        source.runs(OpenSslCipher.ITERATIONS, FakeInstallation.PASSPHRASE, "backup", file.toString());
        Path zip = temp.resolve("opened.zip");
        Path secret = Files.writeString(temp.resolve("passphrase"), FakeInstallation.PASSPHRASE + "\n");
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "enc",
                        "-d",
                        "-aes-256-cbc",
                        "-md",
                        "sha256",
                        "-pbkdf2",
                        "-iter",
                        "600000",
                        "-in",
                        file.toString(),
                        "-out",
                        zip.toString(),
                        "-pass",
                        "file:" + secret)
                .redirectErrorStream(true)
                .start();
        assertThat(openssl.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(openssl.exitValue()).isZero();
        try (java.util.zip.ZipFile opened = new java.util.zip.ZipFile(zip.toFile())) {
            assertThat(new String(
                            opened.getInputStream(opened.getEntry("etc/mqtt")).readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("hunter2");
        }
    }

    @Test
    void passphrase_may_stand_in_a_file() throws IOException {
        Path secret = Files.writeString(temp.resolve("passphrase"), FakeInstallation.PASSPHRASE + "\nsecond line\n");
        assertThat(source.runs("", "backup", file.toString(), "--passphrase-file", secret.toString()))
                .as(source.printed())
                .isZero();
        assertThat(restore()).as(target.printed()).isZero();
    }

    @Test
    void passphrase_is_never_taken_from_the_command_line() {
        assertThat(source.runs("", "backup", file.toString(), "--passphrase", "x"))
                .isEqualTo(2);
        assertThat(source.printed()).contains("no such option: --passphrase");
    }

    @Test
    void without_a_passphrase_nothing_is_written_and_what_to_do_is_said() {
        assertThat(source.runs("", "backup", file.toString())).isEqualTo(1);
        assertThat(source.printed()).contains("--passphrase-file", "BELLWIRE_PASSPHRASE");
        assertThat(file).doesNotExist();
    }

    @Test
    void short_passphrase_is_refused() {
        assertThat(source.runs("1234567", "backup", file.toString())).isEqualTo(1);
        assertThat(source.printed()).contains("8 characters");
    }

    @Test
    void wrong_passphrase_changes_nothing() {
        backup();
        assertThat(target.runs("another passphrase", "restore", file.toString()))
                .isEqualTo(1);
        assertThat(target.printed()).contains("the passphrase is wrong");
        assertThat(target.has("etc/mqtt")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 50, 60})
    void damaged_backup_changes_nothing(int percent) throws IOException {
        backup();
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek(damaged.length() * percent / 100);
            int old = damaged.read();
            damaged.seek(damaged.length() * percent / 100);
            damaged.write(old ^ 0x10);
        }
        assertThat(restore()).as(target.printed()).isEqualTo(1);
        assertThat(target.has("etc/contacts.csv")).isFalse();
    }

    @Test
    void backup_that_was_cut_off_changes_nothing() throws IOException {
        backup();
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(cut.length() / 2);
        }
        assertThat(restore()).as(target.printed()).isEqualTo(1);
        assertThat(target.has("etc/contacts.csv")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"etc/../../outside", "/tmp/outside", "data/karaf.pid", "etc/.hidden", "etc/a\u001b[31m", "etc//a"
            })
    void file_that_leads_elsewhere_is_refused(String name) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(
                        new OpenSslCipher(FakeInstallation.PASSPHRASE.toCharArray(), FakeInstallation.FEW)
                                .encrypting(out))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(1);
        }
        assertThat(restore()).isEqualTo(1);
        assertThat(target.printed()).contains("what is no file of Bellwire").doesNotContain("\u001b");
    }

    @Test
    void dry_run_shows_what_would_change_and_changes_nothing() throws IOException {
        target.with("etc/org.bellwire.ingress.cfg", "token =\n").with("etc/mqtt", "hunter2");
        backup();
        assertThat(restore("--dry-run")).isZero();
        assertThat(target.printed())
                .contains("new       " + target.home().resolve("etc/contacts.csv"))
                .contains("replaced  " + target.home().resolve("etc/org.bellwire.ingress.cfg"))
                .contains("4 files to write, 1 are the same")
                .contains("nothing was changed");
        assertThat(target.has("etc/contacts.csv")).isFalse();
        assertThat(target.text("etc/org.bellwire.ingress.cfg")).isEqualTo("token =\n");
    }

    @Test
    void what_a_restore_replaces_is_kept_aside() throws IOException {
        target.with("etc/mqtt", "old password");
        backup();
        assertThat(restore()).isZero();
        Path replaced = target.home().resolve("data/replaced");
        try (var found = Files.walk(replaced)) {
            assertThat(found.filter(Files::isRegularFile))
                    .singleElement()
                    .satisfies(
                            kept -> assertThat(kept).hasContent("old password").hasFileName("mqtt"));
        }
    }

    @Test
    void restored_file_keeps_the_permissions_of_the_one_that_it_replaces() throws IOException {
        target.with("etc/mqtt", "old password");
        Path mqtt = target.home().resolve("etc/mqtt");
        Files.setPosixFilePermissions(mqtt, PosixFilePermissions.fromString("rw-r-----"));
        backup();
        restore();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(mqtt)))
                .isEqualTo("rw-r-----");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(target.home().resolve("etc/contacts.csv"))))
                .isEqualTo("rw-------");
    }

    @Test
    void restore_is_refused_while_bellwire_runs() throws IOException {
        backup();
        Process running = new ProcessBuilder(
                        "sh", "-c", "read x", "-Dkaraf.data=" + target.home().resolve("data"))
                .start();
        try {
            target.with("data/karaf.pid", running.pid() + "\n");
            assertThat(restore()).isEqualTo(1);
            assertThat(target.printed()).contains("stop it before you restore");
        } finally {
            running.destroyForcibly();
        }
    }

    @Test
    void pid_file_of_a_crash_is_no_hindrance() {
        backup();
        target.with("data/karaf.pid", ProcessHandle.current().pid() + "\n");
        assertThat(restore()).as(target.printed()).isZero();
    }

    @Test
    void file_that_is_no_backup_is_not_overwritten() throws IOException {
        Files.writeString(file, "my diary");
        assertThat(backup()).isEqualTo(1);
        assertThat(file).hasContent("my diary");
    }

    @Test
    void states_are_found_in_the_folder_that_the_configuration_names() throws IOException {
        source.with("etc/org.bellwire.spool.cfg", "dir = data/elsewhere\n").with("data/elsewhere/states.txt", "newer");
        backup();
        assertThat(restore()).as(target.printed()).isZero();
        assertThat(target.text("data/elsewhere/states.txt")).isEqualTo("newer");
    }

    @Test
    void files_of_the_version_and_what_nobody_changed_of_karaf_stay_out() throws IOException {
        source.shipping("org.apache.karaf.shell.cfg", "x = 1\n")
                .shipping("org.apache.karaf.log.cfg", "size = 1\n")
                .with("etc/org.apache.karaf.log.cfg", "size = 2\n")
                .with("etc/startup.properties", "bundles of a version\n");
        backup();
        restore();
        assertThat(target.has("etc/startup.properties")).isFalse();
        assertThat(target.has("etc/org.apache.karaf.shell.cfg")).isFalse();
        assertThat(target.text("etc/org.apache.karaf.log.cfg")).isEqualTo("size = 2\n");
    }

    @Test
    void certificate_outside_is_named_for_it_is_not_in_the_backup() throws IOException {
        Path outside = Files.writeString(temp.resolve("ca.pem"), "certificate");
        source.with("etc/org.bellwire.mqtt.cfg", "tls.trust = " + outside + "\n");
        backup();
        assertThat(source.printed()).contains("left out, for it is not in").contains(outside.toString());
    }
}
