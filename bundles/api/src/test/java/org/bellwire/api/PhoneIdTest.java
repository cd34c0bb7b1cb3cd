package org.bellwire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "reception", "001fc11a8b6c", "front_door-2", "bridge2"})
    void id_that_fits_a_topic_level_is_taken(String text) {
        assertThat(PhoneId.parse(text)).map(PhoneId::value).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "_a", "Reception", "a b", "a/b", "a+", "#", "a.b", "ä", "a\n", "bridge"})
    void id_that_does_not_is_refused(String text) {
        assertThat(PhoneId.parse(text)).isEmpty();
        assertThatThrownBy(() -> new PhoneId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void id_is_at_most_64_characters() {
        assertThat(PhoneId.parse("a".repeat(64))).isPresent();
        assertThat(PhoneId.parse("a".repeat(65))).isEmpty();
    }

    @Test
    void ids_sort_by_their_letters() {
        assertThat(new PhoneId("a")).isLessThan(new PhoneId("b"));
    }
}
