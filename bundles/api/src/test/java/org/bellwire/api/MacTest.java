package org.bellwire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"00:1F:C1:1A:8B:6C", "001fc11a8b6c", "00-1f-c1-1a-8b-6c", "001F.C11A.8B6C", " 00 1f c1 1a 8b 6c "
            })
    void mac_in_any_spelling_is_the_same(String text) {
        assertThat(Mac.parse(text)).contains(new Mac("001fc11a8b6c"));
        assertThat(Mac.parse(text).orElseThrow()).hasToString("00:1f:c1:1a:8b:6c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$mac",
                "001fc11a8b6",
                "001fc11a8b6c0",
                "001fc11a8b6g",
                "00/1f/c1/1a/8b/6c",
                "٠٠1fc11a8b6c",
                "                        001fc11a8b6c"
            })
    void text_that_is_no_mac_is_refused(String text) {
        assertThat(Mac.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"001FC11A8B6C", "00:1f:c1:1a:8b:6c", ""})
    void mac_in_another_form_than_digits_is_not_made(String digits) {
        assertThatThrownBy(() -> new Mac(digits)).isInstanceOf(IllegalArgumentException.class);
    }
}
