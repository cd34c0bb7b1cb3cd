package org.bellwire.binding.akuvox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bellwire.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers are made after what programs read of them; none was recorded. */
class AkuvoxApiTest {

    private static String relays(String fields) {
        return "{\"retcode\":0,\"action\":\"get\",\"message\":\"\",\"data\":{" + fields + "}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"RelayA\":0 | closed",
                "\"RelayA\":0,\"RelayB\":1 | open",
                "\"RelayA\":\"closed\" | closed",
                "\"RelayA\":\"open\",\"RelayB\":\"closed\" | open"
            })
    void door_is_open_while_a_relay_is_triggered(String fields, String door) {
        assertThat(AkuvoxApi.relays(relays(fields)).states()).isEqualTo(Map.of(Property.DOOR, door));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OK",
                "<html>RelayA</html>",
                "{\"retcode\":-1,\"action\":\"unknow\",\"message\":\"No hanlders for this request\"}",
                "{\"data\":{\"RelayA\":\"perhaps\"}}",
                "{\"data\":{\"RelayA\":0"
            })
    void what_is_not_understood_tells_nothing(String body) {
        assertThat(AkuvoxApi.relays(body).states()).isEmpty();
    }

    @Test
    void settings_are_the_fields_below_data() {
        assertThat(AkuvoxApi.settings(
                        "{\"retcode\":0,\"data\":{\"Config.Features.ACTIONURL.Hold\":\"http:\\/\\/g\\/a?b=$c\"}}"))
                .isEqualTo(Map.of("Config.Features.ACTIONURL.Hold", "http://g/a?b=$c"));
    }

    @Test
    void one_setting_is_written_and_nothing_breaks_out_of_it() {
        assertThat(AkuvoxApi.write("Config.Features.ACTIONURL.Hold", "http://g/a?b=$c&d=\"x\\")
                        .toString())
                .isEqualTo("POST/api/config/set#{\"target\":\"config\",\"action\":\"set\",\"data\":"
                        + "{\"Config.Features.ACTIONURL.Hold\":\"http://g/a?b=$c&d=\\\"x\\\\\"}}");
    }
}
