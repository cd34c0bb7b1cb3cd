package org.bellwire.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {

    @Test
    void a_token_has_22_to_128_characters() {
        assertThat(Token.parse("a".repeat(21))).isEmpty();
        assertThat(Token.parse("a".repeat(22))).contains(new Secret("a".repeat(22)));
        assertThat(Token.parse("a".repeat(128))).isPresent();
        assertThat(Token.parse("a".repeat(129))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "%", " ", "ä", "+", "\n"})
    void a_character_that_urls_write_otherwise_makes_it_none(String other) {
        assertThat(Token.parse("a".repeat(22) + other)).isEmpty();
    }

    @Test
    void letters_digits_and_four_signs_are_allowed() {
        assertThat(Token.parse("AZaz09._~-0123456789ab")).isPresent();
    }
}
