package org.bellwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.RenamedKeys;
import org.junit.jupiter.api.Test;

final class RenamedKeysTest {

    private static final RenamedKeys RENAMED = new RenamedKeys(
            Map.of("org.bellwire.mqtt.cfg keepalive", "keep.alive.s", "org.bellwire.phone dial.plan", ""));

    @Test
    void unknown_key_that_was_renamed_is_named_with_its_successor() {
        Cfg cfg = Cfg.of("org.bellwire.mqtt.cfg", Map.of("keepalive", "5", "other", "x"), RENAMED);
        assertThat(cfg.unknownKeys())
                .containsExactly(
                        "keepalive: no such key, it is ignored; it is called keep.alive.s now, write that instead",
                        "other: no such key, it is ignored");
    }

    @Test
    void key_of_any_phone_that_is_no_more_is_said_to_be() {
        assertThat(Cfg.of("org.bellwire.phone-lobby.cfg", Map.of("dial.plan", "5"), RENAMED)
                        .unknownKeys())
                .containsExactly("dial.plan: no such key, it is ignored; there is no such key any more, take it out");
    }
}
