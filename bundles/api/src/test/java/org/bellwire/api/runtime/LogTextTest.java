package org.bellwire.api.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {

    @Test
    void plain_text_and_letters_of_any_language_stay() {
        assertThat(LogText.clean("Müller, 北京 (42)")).isEqualTo("Müller, 北京 (42)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u0000", "\u001b", "\u0085", "\u2028", "\u2029", "\u202e", "\u200b"})
    void what_breaks_or_turns_a_line_is_replaced(String evil) {
        assertThat(LogText.clean("a" + evil + "b")).isEqualTo("a?b");
    }

    @Test
    void long_text_is_cut() {
        assertThat(LogText.clean("x".repeat(1000), 80)).isEqualTo("x".repeat(80) + "...");
        assertThat(LogText.clean("x".repeat(80), 80)).isEqualTo("x".repeat(80));
        assertThat(LogText.clean("x".repeat(10_000))).hasSize(259);
    }
}
