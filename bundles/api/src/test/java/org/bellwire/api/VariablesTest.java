package org.bellwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {

    @Test
    void name_matches_without_case_and_without_its_dollar() {
        Variables variables = of("IP", "10.0.0.1", "$Mac", "001fc1");
        assertThat(variables.get("ip")).contains("10.0.0.1");
        assertThat(variables.get("MAC")).contains("001fc1");
        assertThat(variables.asSent()).containsOnlyKeys("IP", "Mac");
    }

    @ParameterizedTest
    @ValueSource(strings = {"amp;remote", "amp;amp;remote", "AMP;Remote", "amp;$remote"})
    void name_of_a_url_pasted_from_xml_is_read_without_its_ampersand(String name) {
        assertThat(of(name, "42").get("remote")).contains("42");
        assertThat(of(name, "42").asSent().keySet()).noneMatch(sent -> sent.contains(";"));
    }

    @Test
    void name_that_is_nothing_but_an_ampersand_is_none() {
        assertThat(of("amp;", "42", "amp;amp;", "43").asSent()).isEmpty();
        assertThat(of("amp", "42").get("amp")).contains("42");
    }

    @Test
    void user_is_a_short_name_of_active_user() {
        assertThat(of("user", "101").get("active_user")).contains("101");
        assertThat(of("user", "101", "active_user", "102").get("active_user")).contains("102");
        assertThat(of("active_user", "102").get("user")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$remote", "<$remote_party>", "$call-id", "<$x"})
    void variable_left_unfilled_is_absent(String value) {
        assertThat(of("remote", value).get("remote")).isEmpty();
        assertThat(of("remote", value).asSent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$", "$5", "5$", "$remote x", "<remote>"})
    void value_that_only_resembles_a_variable_is_kept(String value) {
        assertThat(of("remote", value).get("remote")).contains(value);
    }

    @Test
    void of_a_repeated_variable_the_first_counts() {
        Variables variables = of("event", "incoming", "EVENT", "outgoing");
        assertThat(variables.get("event")).contains("incoming");
        assertThat(variables.asSent()).hasSize(1);
    }

    @Test
    void an_unfilled_variable_does_not_hide_a_later_one() {
        assertThat(of("a", "$a", "a", "1").get("a")).contains("1");
    }

    @Test
    void control_characters_and_lone_surrogates_are_removed() {
        assertThat(of("n", "a\r\n\u0000b\u0085c\uD800d😀").get("n")).contains("abcd😀");
    }

    @Test
    void value_is_cut_at_256_characters_and_never_through_a_character() {
        assertThat(of("n", "x".repeat(300)).get("n").orElseThrow()).hasSize(256);
        assertThat(of("n", "x".repeat(255) + "😀").get("n").orElseThrow()).isEqualTo("x".repeat(255));
    }

    @Test
    void a_33rd_variable_is_dropped() {
        Variables.Builder builder = new Variables.Builder();
        for (int i = 0; i < 40; i++) {
            builder.add("n" + i, "v");
        }
        assertThat(builder.build().asSent()).hasSize(32).containsKey("n31").doesNotContainKey("n32");
    }

    @Test
    void with_adds_a_variable_unless_it_is_there() {
        assertThat(of("a", "1").with("b", "2").asSent()).containsEntry("a", "1").containsEntry("b", "2");
        assertThat(of("a", "1").with("A", "2").get("a")).contains("1");
    }

    @Test
    void text_form_shows_no_values() {
        assertThat(of("remote", "sip:42@h").toString()).contains("remote").doesNotContain("42");
    }

    private static Variables of(String... pairs) {
        Variables.Builder builder = new Variables.Builder();
        for (int i = 0; i < pairs.length; i += 2) {
            builder.add(pairs[i], pairs[i + 1]);
        }
        return builder.build();
    }
}
