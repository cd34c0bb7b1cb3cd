package org.bellwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardPatternTest {

    @ParameterizedTest
    @CsvSource({
        "112, 112",
        "*, 112",
        "*, ''",
        "0190*, 0190",
        "0190*, 0190123",
        "*12, 1112",
        "*1*2*, 10203",
        "1?3, 1*3",
        "a*C, AbBc",
        "**, x",
        "1*1*1, 11121",
        "'', ''"
    })
    void pattern_takes_what_it_stands_for(String pattern, String text) {
        assertThat(WildcardPattern.match(pattern, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"112, 1120", "112, 11", "?, ''", "0190*, 019", "*12, 121", "1?3, 13", "1*1*1, 11", "'', 1", "a.c, abc"})
    void pattern_takes_nothing_else(String pattern, String text) {
        assertThat(WildcardPattern.match(pattern, text)).isFalse();
    }

    @Test
    @Timeout(20)
    void many_stars_take_no_time() {
        assertThat(WildcardPattern.match("*1".repeat(32) + "x", "1".repeat(64))).isFalse();
    }
}
