package org.bellwire.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulated phones that vendors' folders have for {@code ./run}. */
class DemoPhonesTest {

    private static final String PREFIX = "org.bellwire.simulator-";

    static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(".."), 5)) {
            return all.filter(file -> file.toString().contains("/src/demo/" + PREFIX))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, Object> read(Path file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file)
                .replace("@PHONE_PORT@", "8090")
                .replace("@SECRET@", "secret")
                .replace("@PIN@", "ab".repeat(32))));
        Map<String, Object> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        values.put("felix.fileinstall.filename", "file:/etc/" + file.getFileName());
        return values;
    }

    @ParameterizedTest
    @MethodSource("files")
    void phone_of_a_demonstration_is_one_that_can_be_simulated(Path file) throws IOException {
        SimulatorSettings settings = SimulatorSettings.read(read(file));
        assertThat(file.toString()).contains("binding-" + settings.vendor());
        Map<String, Object> phone = read(
                file.resolveSibling("org.bellwire.phone-" + settings.profile().phone() + ".cfg"));
        assertThat(phone)
                .containsEntry("vendor", settings.vendor())
                .containsEntry("host", settings.profile().address().getHostAddress());
        assertThat(phone.getOrDefault("scheme", ""))
                .as("both speak the same")
                .isEqualTo(
                        settings.profile().scheme().map(scheme -> scheme.wire()).orElse(""));
    }

    @Test
    void no_two_of_them_have_one_address() throws IOException {
        List<Object> addresses = new java.util.ArrayList<>();
        for (Path file : files()) {
            addresses.add(read(file).get("address"));
        }
        assertThat(addresses).hasSizeGreaterThan(5).doesNotHaveDuplicates();
    }
}
