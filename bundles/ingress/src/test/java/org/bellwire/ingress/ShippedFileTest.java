package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.bellwire.api.Cfg;
import org.junit.jupiter.api.Test;

/** The file in the distribution against the code. */
class ShippedFileTest {

    private static final Path FILE = Path.of("../../config", Settings.FILE);

    @Test
    void file_holds_the_defaults() throws IOException {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(FILE)) {
            file.load(reader);
        }
        Map<String, String> config =
                file.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, file::getProperty));
        Cfg cfg = Cfg.of(Settings.FILE, config);
        assertThat(Settings.read(cfg)).isEqualTo(Settings.read(Cfg.of(Settings.FILE, Map.of())));
        cfg.check();
        assertThat(config)
                .containsOnlyKeys("host", "port", "token", "networks", "trusted.proxies", "rate.phone", "rate.address");
    }

    @Test
    void every_key_is_explained() throws IOException {
        String before = "";
        for (String line : Files.readAllLines(FILE)) {
            assertThat(!line.contains("=") || line.startsWith("#") || before.startsWith("#"))
                    .as(line)
                    .isTrue();
            before = line;
        }
    }
}
