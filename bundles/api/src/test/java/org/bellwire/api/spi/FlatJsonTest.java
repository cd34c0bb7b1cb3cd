package org.bellwire.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatJsonTest {

    @Test
    void objects_in_a_list_are_read_with_their_fields() {
        assertThat(
                        FlatJson.objects(
                                "{\"response\":\"success\",\"body\":[{\"line\" : 1,\"state\":\"ringing\"},{\"line\":2,\"up\":true}]}"))
                .isEqualTo(List.of(Map.of("line", "1", "state", "ringing"), Map.of("line", "2", "up", "true")));
    }

    @Test
    void object_that_holds_no_other_is_one() {
        assertThat(FlatJson.objects("{\"success\":true,\"n\":-1.5}"))
                .isEqualTo(List.of(Map.of("success", "true", "n", "-1.5")));
    }

    @Test
    void signs_in_strings_are_text() {
        assertThat(FlatJson.objects("{\"name\":\"T\\u00fcr {\\\"a\\\":1}, \\\\\"}"))
                .isEqualTo(List.of(Map.of("name", "T\u00fcr {\"a\":1}, \\")));
    }

    @Test
    void fields_of_objects_within_are_named_by_what_holds_them() {
        assertThat(
                        FlatJson.holding(
                                "event",
                                "{\"events\":[{\"id\":1,\"event\":\"Key\",\"params\":{\"key\":\"%1\",\"id\":9}},{\"event\":\"Boot\"}]}"))
                .isEqualTo(List.of(
                        Map.of("id", "1", "event", "Key", "params.key", "%1", "params.id", "9"),
                        Map.of("event", "Boot")));
    }

    @Test
    void of_a_list_within_the_first_counts() {
        assertThat(FlatJson.holding(
                        "session", "[{\"calls\":[{\"peer\":\"a\"},{\"peer\":\"b\"}],\"tags\":[1,2],\"session\":4}]"))
                .isEqualTo(List.of(Map.of("calls.peer", "a", "tags", "1", "session", "4")));
    }

    @Test
    void what_is_nested_too_deep_is_passed_over() {
        String deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
        assertThat(FlatJson.objects(deep)).isEmpty();
        assertThat(FlatJson.holding("b", "{\"x\":" + deep + ",\"b\":2}").get(0)).containsEntry("b", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[1,2]", "{", "{\"a\":", "{\"a\":\"b", "\"\\u12"})
    void what_is_no_object_is_passed_over(String text) {
        assertThat(FlatJson.objects(text)).isEmpty();
    }

    @Test
    void any_text_is_stood() {
        Random random = new Random(7);
        String signs = "{}[]\",:\\u0a1 -";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(60); n > 0; n--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            assertThatCode(() -> FlatJson.objects(text.toString()))
                    .as(text.toString())
                    .doesNotThrowAnyException();
            assertThatCode(() -> FlatJson.holding("0", text.toString()))
                    .as(text.toString())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"a\":[1,{\"b\":2}]}", "{\"name\":\"{[\\\"}\"}", " {} \n"})
    void text_whose_ends_are_there_is_whole(String text) {
        assertThat(FlatJson.isWhole(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[{}", "{\"a\":\"b", "{\"a\":\"}\"", "{\"a\":\"b\\\"}", "[{]"})
    void text_that_is_cut_is_not_whole(String text) {
        assertThat(FlatJson.isWhole(text)).isFalse();
    }

    @Test
    void deep_text_is_whole_only_with_its_ends() {
        assertThat(FlatJson.isWhole("[".repeat(100_000) + "]".repeat(100_000))).isTrue();
        assertThat(FlatJson.isWhole("[".repeat(100_000) + "]".repeat(99_999))).isFalse();
    }
}
