package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bellwire.line.LineFixture.OPEN;

import java.util.Map;
import org.bellwire.api.config.CfgException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LineSettingsTest {

    @RegisterExtension
    final LineFixture fixture = new LineFixture(Map.of());

    @Test
    void empty_file_means_the_defaults() {
        assertThat(LineSettings.read(Map.of("connect.timeout.ms", ""))).isEqualTo(new LineSettings(3000, 5000));
    }

    @Test
    void wrong_values_are_named_with_file_key_and_reason() {
        assertThatThrownBy(() -> LineSettings.read(Map.of("connect.timeout.ms", "3s", "timeout.ms", "0")))
                .isInstanceOf(CfgException.class)
                .hasMessageContaining("org.bellwire.line.cfg: connect.timeout.ms: must be a whole number")
                .hasMessageContaining("org.bellwire.line.cfg: timeout.ms: ");
    }

    @Test
    void changed_file_takes_effect_at_once_and_a_wrong_one_changes_nothing() throws Exception {
        try (FakePhone phone = FakePhone.that(FakePhone.SILENCE)) {
            fixture.line().modified(Map.of("timeout.ms", "150"));
            fixture.line().modified(Map.of("timeout.ms", "soon"));
            assertThat(fixture.send(phone.address(OPEN), "/").detail().orElse(""))
                    .contains("within 150 ms");
        }
    }
}
