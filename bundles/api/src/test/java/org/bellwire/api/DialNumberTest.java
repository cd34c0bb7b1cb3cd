package org.bellwire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialNumberTest {

    @ParameterizedTest
    @ValueSource(strings = {"42", "+49301234567", "*21*42#", "peter.pan@example.com", "door-1_a"})
    void number_of_the_allowed_characters_is_taken(String text) {
        assertThat(DialNumber.parse(text)).map(DialNumber::value).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "206&Account=2",
                "1;OK;Reboot",
                "1&key=Reboot",
                "1?x",
                "1/2",
                "1%23",
                "1 2",
                "1\r\nX",
                "1\\2",
                "1=2",
                "<1>",
                "٤٢",
                "42\n"
            })
    void number_that_a_url_or_key_list_would_read_as_more_is_refused(String text) {
        assertThat(DialNumber.parse(text)).isEmpty();
        assertThatThrownBy(() -> new DialNumber(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void number_is_at_most_64_characters() {
        assertThat(DialNumber.parse("1".repeat(64))).isPresent();
        assertThat(DialNumber.parse("1".repeat(65))).isEmpty();
    }

    @Test
    void masked_number_shows_its_last_two_characters() {
        assertThat(new DialNumber("030123456").masked()).isEqualTo("*******56");
        assertThat(new DialNumber("42").masked()).isEqualTo("**");
        assertThat(new DialNumber("4").masked()).isEqualTo("**");
    }
}
