package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bellwire.api.config.Cfg;
import org.bellwire.ingress.http.IngressFile;
import org.junit.jupiter.api.Test;

/** The file in the distribution against the code. */
class ShippedFileTest {

    private static final Path FILE = Path.of("../../config", IngressFile.NAME);

    @Test
    void file_holds_the_defaults() throws IOException {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(FILE)) {
            file.load(reader);
        }
        Map<String, String> config =
                file.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, file::getProperty));
        Cfg cfg = Cfg.of(IngressFile.NAME, config);
        assertThat(IngressSettings.read(cfg)).isEqualTo(IngressSettings.read(Cfg.of(IngressFile.NAME, Map.of())));
        cfg.check();
        assertThat(config)
                .containsOnlyKeys(
                        "host",
                        "port",
                        "url.host",
                        "tls.port",
                        "token",
                        "networks",
                        "trusted.proxies",
                        "rate.phone",
                        "rate.address",
                        "adopt");
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

    @Test
    void readme_has_a_row_for_each_key() throws IOException {
        List<String> rows = rows(Path.of("README.md"), "\\| `([a-z.]+)` \\|.*");
        assertThat(rows).containsExactlyElementsOf(rows(FILE, "#?([a-z.]+) =.*"));
    }

    /** The first group of each line that is of this form. */
    private static List<String> rows(Path file, String form) throws IOException {
        Pattern pattern = Pattern.compile(form);
        return Files.readAllLines(file).stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
    }
}
