package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An administrator's years: backup, a new version beside the old one, its folders elsewhere, a restore. */
final class MaintenanceIT {

    private static final String PASSPHRASE = "correct horse battery staple";
    private static final Duration AN_END = Duration.ofMinutes(1);
    /** What the container starts. */
    private static final String CONTAINER_START = Path.of(
                    System.getProperty("bellwire.assembly", "../karaf-assembly/target"),
                    "../../packaging/container-start")
            .toAbsolutePath()
            .normalize()
            .toString();

    private static final String LOBBY = "001fc1000401";

    @Test
    void new_version_goes_on_with_what_the_old_one_has_and_a_backup_brings_it_back() throws IOException {
        Path folder = Scratch.folder("maintenance");
        Path file = folder.resolve("bellwire.backup");
        try (Distribution old =
                        Distribution.unpack(Files.createDirectory(folder.resolve("old")), Mosquitto.absent(folder));
                Distribution fresh = Distribution.unpackAsShipped(Files.createDirectory(folder.resolve("new")))) {
            old.with("BELLWIRE_PASSPHRASE", PASSPHRASE);
            old.write(PhoneFile.of("lobby", "htek").with("mac", LOBBY));
            old.start();
            Waits.until("the phone is known", () -> old.caller().reports("htek", "/Offhook?mac=" + LOBBY) == 200);
            assertThat(succeeds(old.bellwire("health", "--wait", "60"))).contains("status");
            assertThat(succeeds(old.bellwire("backup", file.toString()))).contains("encrypted");
            assertThat(old.bellwire("restore", file.toString()).output()).contains("stop it before you restore");
            assertThat(fresh.bellwire("upgrade", "--from", old.home().toString())
                            .output())
                    .contains("stop it before you take over what it has");
            succeeds(old.bellwire("feature:uninstall", "bellwire-nfon"));
            old.program().close();

            Path volumes = folder.resolve("volumes");
            Path etc = volumes.resolve("etc");
            Path data = volumes.resolve("data");
            Files.createDirectories(etc);
            Files.createDirectories(data);
            fresh.with("KARAF_ETC", etc.toString())
                    .with("KARAF_DATA", data.toString())
                    .with("BELLWIRE_HOME", fresh.home().toString())
                    .with("BELLWIRE_PASSPHRASE", PASSPHRASE);
            assertThat(succeeds(fresh.bellwire("upgrade", "--from", old.home().toString(), "--dry-run")))
                    .contains("org.bellwire.phone-lobby.cfg", "states.txt", "events.mv", "nothing was changed");
            Program.run(fresh.home(), Map.of(), AN_END, List.of("cp", "-R", "etc", volumes.toString()));
            assertThat(succeeds(fresh.bellwire("upgrade", "--from", old.home().toString())))
                    .contains("replaced  " + etc.resolve("org.bellwire.ingress.cfg"))
                    .contains("bellwire-nfon is left out");

            fresh.beginBy("sh", CONTAINER_START);
            old.awaitAnswer();
            Waits.until(
                    "the phone is known to the new one",
                    () -> old.caller().reports("htek", "/Onhook?mac=" + LOBBY) == 200);
            Waits.until(
                    "its shell answers", () -> fresh.bellwire("phone:vendors").exit() == 0);
            assertThat(fresh.bellwire("phone:vendors").output())
                    .contains("htek")
                    .doesNotContain("nfon");
            assertThat(succeeds(fresh.bellwire("phone:show", "lobby"))).contains("lobby");
            assertThat(fresh.home().resolve("data/log")).doesNotExist();
            fresh.program().close();

            Files.writeString(etc.resolve("org.bellwire.phone-lobby.cfg"), "vendor = nobody\n");
            assertThat(succeeds(fresh.bellwire("restore", file.toString())))
                    .contains(
                            "replaced  " + etc.resolve("org.bellwire.phone-lobby.cfg"),
                            "what was replaced is in " + data);
            assertThat(etc.resolve("org.bellwire.phone-lobby.cfg")).content().contains(LOBBY);
        }
    }

    private static String succeeds(Program.Ended ended) {
        assertThat(ended.exit()).as(ended.output()).isZero();
        return ended.output();
    }
}
