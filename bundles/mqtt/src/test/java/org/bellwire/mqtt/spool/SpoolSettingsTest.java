package org.bellwire.mqtt.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.bellwire.api.config.CfgException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpoolSettingsTest {

    @AfterEach
    void leaveKaraf() {
        System.clearProperty("karaf.data");
        System.clearProperty("karaf.etc");
        System.clearProperty("karaf.base");
    }

    @Test
    void empty_file_means_the_defaults() {
        assertThat(SpoolSettings.of(Map.of()))
                .isEqualTo(new SpoolSettings(
                        Path.of("data", "spool").toAbsolutePath(),
                        100_000,
                        256L << 20,
                        Duration.ofSeconds(30),
                        Duration.ofDays(3)));
    }

    @Test
    void shipped_file_holds_the_defaults() throws Exception {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("../../config", SpoolSettings.FILE))) {
            shipped.load(reader);
        }
        Map<String, String> values = new HashMap<>();
        shipped.forEach((key, value) -> values.put(key.toString(), value.toString()));
        assertThat(values).hasSize(5);
        assertThat(SpoolSettings.of(values)).isEqualTo(SpoolSettings.of(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "data/spool, /var/lib/karaf/spool",
        "spool, /opt/karaf/spool",
        "/srv/spool, /srv/spool",
        "data, /opt/karaf/data",
        "etc/spool, /etc/karaf/spool"
    })
    void folder_is_found_where_karaf_keeps_its_own(String dir, String expected) {
        System.setProperty("karaf.base", "/opt/karaf");
        System.setProperty("karaf.data", "/var/lib/karaf");
        System.setProperty("karaf.etc", "/etc/karaf");
        assertThat(SpoolSettings.of(Map.of("dir", dir)).dir()).isEqualTo(Path.of(expected));
    }

    @ParameterizedTest
    @CsvSource({"max.events, 0", "max.events, many", "event.max.age.s, 0", "keep.h, -1"})
    void wrong_value_is_refused(String key, String value) {
        assertThatThrownBy(() -> SpoolSettings.of(Map.of(key, value)))
                .isInstanceOf(CfgException.class)
                .hasMessageStartingWith("org.bellwire.spool.cfg: " + key + ": ");
    }
}
