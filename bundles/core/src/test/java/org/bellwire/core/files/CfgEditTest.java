package org.bellwire.core.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bellwire.api.config.Cfg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CfgEditTest {

    private static String edited(String text, Map<String, String> changes) {
        return new String(CfgEdit.apply(text.getBytes(StandardCharsets.UTF_8), changes), StandardCharsets.UTF_8);
    }

    @Test
    void only_the_line_of_the_key_changes() {
        String text = "# Empfang M\u00fcller\n\nvendor=acme\nhost : 10.0.0.1\n! host = x\nodd line\nname = a\\\n  b\n";
        assertThat(edited(text, Map.of("host", "10.0.0.2")))
                .isEqualTo(text.replace("host : 10.0.0.1", "host = 10.0.0.2"));
    }

    @Test
    void a_value_over_several_lines_is_replaced_whole() {
        assertThat(edited("name = a\\\n  b\nvendor = acme\n", Map.of("name", "c")))
                .isEqualTo("name = c\nvendor = acme\n");
    }

    @Test
    void a_new_key_comes_last_with_the_files_line_ends() {
        assertThat(edited("vendor = acme\r\nname = a", Map.of("host", "b")))
                .isEqualTo("vendor = acme\r\nname = a\r\nhost = b\r\n");
    }

    @Test
    void an_empty_value_takes_the_line_away() {
        assertThat(edited("vendor = acme\nhost = b\n# host\n", Map.of("host", "")))
                .isEqualTo("vendor = acme\n# host\n");
    }

    @Test
    void of_a_key_that_stands_twice_one_is_left() {
        assertThat(edited("host = a\nvendor = acme\nhost = b\n", Map.of("host", "c")))
                .isEqualTo("host = c\nvendor = acme\n");
    }

    @Test
    void a_byte_order_mark_stays_in_front() {
        assertThat(edited("\uFEFFvendor = acme\n", Map.of("vendor", "zenith"))).isEqualTo("\uFEFFvendor = zenith\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Caf\u00e9 \u4e16\ud83d\ude00",
                "C:\\temp\\u0041",
                "\\",
                "ends with \\",
                "= : # !",
                "#x",
                "a=b",
                "$[secret:door]",
                "\u00c3\u00bc",
                "\"quoted\"",
                "${x}"
            })
    void what_is_written_is_what_is_read(String value) throws UnreadableFileException {
        CfgText text = CfgText.parse(CfgEdit.fresh(Map.of("name", value)));
        assertThat(Cfg.of("f", text.values()).raw()).isEqualTo(Map.of("name", value));
        assertThat(text.oddities()).isEmpty();
    }
}
