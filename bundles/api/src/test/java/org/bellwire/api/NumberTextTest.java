package org.bellwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+49 30 1234|+49301234",
                "+49 (0) 30-1234|+49301234",
                "0049(0)30/1234|0049301234",
                "(0) 30|030",
                "1/2|12",
                "(030) 12-34/5.6|030123456",
                "+49 30.1234|+49301234",
                "*31# 0711 123|*31#0711123",
                "4\u200b2\ufeff|42",
                "030\u202f12\u201334|0301234"
            })
    void separators_are_taken_out_of_a_number(String written, String number) {
        assertThat(NumberText.withoutSeparators(written)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                "( )",
                "Peter Pan",
                "4 2;5",
                "0+49 30",
                "4.2",
                "+49.30",
                "10.0.0.5",
                "a.b c",
                "1\n2",
                "٤ ٢",
                "door-1 a",
                "+(0)"
            })
    void what_is_no_number_otherwise_is_left_as_it_is(String text) {
        assertThat(NumberText.withoutSeparators(text)).isEqualTo(text);
    }

    @Test
    void marks_that_show_nothing_are_dropped() {
        assertThat(NumberText.visible("\u200ea\u00adb\ufeff\ufe0f\u2069")).isEqualTo("ab");
        assertThat(NumberText.visible("Ü😀")).isEqualTo("Ü😀");
    }
}
