package org.bellwire.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LastGoodSettingsTest {

    private final List<String> warnings = new ArrayList<>();
    private final LastGoodSettings<Integer> port = new LastGoodSettings<>(1, LastGoodSettingsTest::port, warnings::add);

    @Test
    void until_a_file_is_right_what_was_given_holds() {
        assertThat(port.read(Map.of("port", "many"), "the usual one holds")).isEmpty();
        assertThat(port.now()).isEqualTo(1);
        assertThat(warnings)
                .containsExactly("a.cfg: port: must be a whole number from 0 to 9, not 'many'; the usual one holds");
    }

    @Test
    void a_right_file_holds_without_a_word() {
        assertThat(port.read(Map.of("port", "5"), "all stays as it was")).contains(5);
        assertThat(port.now()).isEqualTo(5);
        assertThat(warnings).isEmpty();
    }

    @Test
    void a_wrong_file_leaves_what_the_last_right_one_said() {
        port.read(Map.of("port", "5"), "all stays as it was");
        assertThat(port.read(Map.of("port", "10"), "all stays as it was")).isEmpty();
        assertThat(port.now()).isEqualTo(5);
        assertThat(warnings).hasSize(1);
    }

    private static int port(Map<String, ?> properties) {
        Cfg cfg = Cfg.of("a.cfg", properties);
        int port = cfg.integer("port", 1, 0, 9);
        cfg.check();
        return port;
    }
}
