package org.bellwire.binding.yealink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bellwire.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers are made up after what programs read of them; none was recorded. */
class YealinkStatusTest {

    @Test
    void one_registered_account_is_enough() {
        assertThat(YealinkStatus.read("""
                        Account1|Desk|1006|Desk|?|1006@10.3.5.199|Disabled
                        Account2|Desk|1007|Desk|?|1007@10.3.5.199|Enabled
                        """).states()).isEqualTo(Map.of(Property.REGISTRATION, "registered"));
    }

    @Test
    void account_that_is_not_set_up_tells_nothing() {
        assertThat(YealinkStatus.read("Account1|||||| Enabled").states()).isEmpty();
        assertThat(YealinkStatus.read("Account1|Desk|1006|Desk|?|1006@10.3.5.199|Disabled")
                        .states())
                .isEqualTo(Map.of(Property.REGISTRATION, "unregistered"));
    }

    @Test
    void settings_are_read_however_they_are_written() {
        assertThat(YealinkStatus.read("DND=1\nAlways Forward: Enabled\nbusy_fwd = 0\nNoAnswFwd=off|45")
                        .states())
                .isEqualTo(Map.of(
                        Property.DND, "ON",
                        Property.FORWARD_ALWAYS, "ON",
                        Property.FORWARD_BUSY, "OFF",
                        Property.FORWARD_NO_ANSWER, "OFF"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Account", "=", "dnd", "dnd=", "dnd=perhaps", "<html><body>dnd</body></html>", "\0|=:\n\n"})
    void what_is_not_understood_tells_nothing(String body) {
        assertThat(YealinkStatus.read(body).states()).isEmpty();
        assertThat(YealinkStatus.read(body).calls()).isEmpty();
    }
}
