package org.bellwire.console.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConsoleSettingsTest {

    @Test
    void short_token_is_named_with_its_key() {
        assertThatThrownBy(() -> ConsoleSettings.read(Map.of("token", "short")))
                .hasMessageContaining("org.bellwire.console.cfg: token: ");
    }

    @Test
    void no_login_is_for_loopback_only() {
        assertThatThrownBy(() -> ConsoleSettings.read(Map.of("token", "none", "host", "0.0.0.0")))
                .hasMessageContaining("token: none is allowed");
    }

    @Test
    void empty_token_is_to_be_made() {
        assertThat(ConsoleSettings.read(Map.of("token", "")).token()).isEmpty();
    }
}
