package org.bellwire.api.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SettingsLinesTest {

    @Test
    void lines_with_any_mark_are_settings() {
        assertThat(SettingsLines.read(
                        "<html>\r\na_url$: http://10.0.0.1/x?a=$b&c=d\r\nb!: \r\nc&:1\nd: x: y\r\nno line\n"))
                .isEqualTo(Map.of("a_url", "http://10.0.0.1/x?a=$b&c=d", "b", "", "c", "1", "d", "x: y"));
    }

    @Test
    void xml_elements_are_settings_with_their_entities_resolved() {
        assertThat(SettingsLines.read(
                        "<settings><phone-settings e=\"2\"><a_url perm=\"RW\">http://x/?a=1&amp;b=&lt;2&gt;</a_url>"
                                + "<b perm=\"\"></b><c/></phone-settings></settings>"))
                .isEqualTo(Map.of("a_url", "http://x/?a=1&b=<2>", "b", "", "c", ""));
    }

    @Test
    void of_a_name_that_comes_twice_the_first_counts() {
        assertThat(SettingsLines.read("a: 1\na: 2\n")).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void any_text_is_read_without_a_fault() {
        Random random = new Random(3);
        String signs = "<>/a:= \"$!&;\n\r_x";
        for (int i = 0; i < 300; i++) {
            StringBuilder page = new StringBuilder();
            for (int j = random.nextInt(4000); j > 0; j--) {
                page.append(signs.charAt(random.nextInt(signs.length())));
            }
            SettingsLines.read(page.toString());
        }
        assertThat(SettingsLines.read("<a".repeat(100_000))).isEmpty();
    }
}
