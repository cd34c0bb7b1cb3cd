package org.bellwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationDigestTest {

    @TempDir
    private Path here;

    @TempDir
    private Path there;

    private static void write(Path folder, String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines));
    }

    private static String digest(Path folder) {
        return new ConfigurationDigest(folder).now().orElseThrow();
    }

    @Test
    void files_that_say_the_same_have_the_same_digest() throws IOException {
        write(here, "org.bellwire.phone-lobby.cfg", "# the lobby", "vendor = htek", "host = 10.0.0.7");
        write(here, "org.bellwire.group-all.cfg", "members = *");
        write(there, "org.bellwire.group-all.cfg", "members=*", "");
        write(there, "org.bellwire.phone-lobby.cfg", "  host: 10.0.0.7", "vendor htek", "! of the other gateway");
        write(there, "org.bellwire.mqtt.cfg", "client.id = other");
        assertThat(digest(here)).hasSize(16).isEqualTo(digest(there));
    }

    @Test
    void other_values_names_and_numbers_of_files_are_seen() throws IOException {
        write(here, "org.bellwire.phone-lobby.cfg", "vendor = htek");
        write(there, "org.bellwire.phone-lobby.cfg", "vendor = snom");
        assertThat(digest(here)).isNotEqualTo(digest(there));
        write(there, "org.bellwire.phone-lobby.cfg", "vendor = htek");
        assertThat(digest(here)).isEqualTo(digest(there));
        write(there, "org.bellwire.site-north.cfg", "topic.root = north");
        assertThat(digest(here)).isNotEqualTo(digest(there));
        Files.move(there.resolve("org.bellwire.site-north.cfg"), there.resolve("org.bellwire.trigger-north.cfg"));
        write(here, "org.bellwire.site-north.cfg", "topic.root = north");
        assertThat(digest(here)).isNotEqualTo(digest(there));
    }

    @Test
    void digest_follows_what_changes() throws IOException {
        ConfigurationDigest digest = new ConfigurationDigest(here);
        write(here, "org.bellwire.phone-lobby.cfg", "vendor = htek");
        Optional<String> before = digest.now();
        assertThat(digest.now()).isEqualTo(before);
        write(here, "org.bellwire.phone-lobby.cfg", "vendor = snom");
        Files.setLastModifiedTime(
                here.resolve("org.bellwire.phone-lobby.cfg"), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        assertThat(digest.now()).isPresent().isNotEqualTo(before);
        Files.delete(here.resolve("org.bellwire.phone-lobby.cfg"));
        assertThat(digest.now()).hasValue("0".repeat(16));
    }

    @Test
    void secrets_cannot_be_tried_out_against_it() throws IOException {
        write(here, "org.bellwire.phone-lobby.cfg", "vendor = htek", "password = one");
        write(there, "org.bellwire.phone-lobby.cfg", "vendor = htek", "password = two");
        assertThat(digest(here)).isEqualTo(digest(there));
    }

    @Test
    @Timeout(10)
    void what_is_no_file_is_not_waited_for_and_hides_nothing_else() throws IOException, InterruptedException {
        write(here, "org.bellwire.phone-lobby.cfg", "vendor = htek");
        write(there, "org.bellwire.phone-lobby.cfg", "vendor = snom");
        for (Path folder : List.of(here, there)) {
            Files.createDirectory(folder.resolve("org.bellwire.phone-folder.cfg"));
            assertThat(new ProcessBuilder(
                                    "mkfifo",
                                    folder.resolve("org.bellwire.phone-pipe.cfg")
                                            .toString())
                            .start()
                            .waitFor())
                    .isZero();
        }
        assertThat(digest(here)).isNotEqualTo(digest(there));
        write(there, "org.bellwire.phone-lobby.cfg", "vendor = htek");
        assertThat(digest(here)).isEqualTo(digest(there));
    }

    @Test
    void folder_that_is_not_there_has_no_digest() {
        assertThat(new ConfigurationDigest(here.resolve("none")).now()).isEmpty();
    }
}
