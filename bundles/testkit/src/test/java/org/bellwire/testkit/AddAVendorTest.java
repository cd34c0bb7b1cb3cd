package org.bellwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddAVendorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java/org/bellwire/binding/ringwell/package-info.java",
                "java/org/bellwire/binding/ringwell/RingwellBinding.java",
                "resources/samples/events.txt",
                "resources/samples/commands.txt",
                "resources/captures/r1-2.0.3.txt",
                "resources/ringwell/README.md"
            })
    void the_guide_shows_the_files_of_the_invented_vendor_as_they_are(String file) throws IOException {
        String shown = Files.readString(Path.of("../../docs/add-a-vendor.md"));
        assertThat(shown).contains(Files.readString(Path.of("src/test", file)));
    }

    @Test
    void whoever_follows_the_guide_touches_one_file_outside_the_folder() throws IOException {
        String untilCaptures =
                Files.readString(Path.of("../../docs/add-a-vendor.md")).split("\n## 8")[0];
        assertThat(Pattern.compile("`(bundles/[^`* ]+\\.\\w+)`")
                        .matcher(untilCaptures)
                        .results()
                        .map(file -> file.group(1))
                        .filter(file -> !file.startsWith("bundles/binding-ringwell/"))
                        .distinct())
                .containsExactly("bundles/bindings/pom.xml");
    }
}
