package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of states and of a phone's host. */
class PhoneTextsTest {

    @ParameterizedTest
    @CsvSource({"0,1", "41,42", "999998,999999", "999999,999999", "1000000,1", "-3,1", "many,1", "'',1"})
    void missed_call_counts_one_more_and_what_is_no_count_counts_as_none(String before, String after) {
        assertThat(MissedCount.oneMore(Optional.of(before))).isEqualTo(after);
    }

    @Test
    void first_missed_call_is_one() {
        assertThat(MissedCount.oneMore(Optional.empty())).isEqualTo("1");
    }

    @Test
    void state_is_cut_to_what_its_readers_take() {
        assertThat(StateText.cut("x".repeat(StateText.MAX))).hasSize(StateText.MAX);
        assertThat(StateText.cut("x".repeat(StateText.MAX + 1))).hasSize(StateText.MAX);
    }

    @Test
    void state_is_not_cut_within_a_character() {
        String phone = "\uD83D\uDCDE";
        assertThat(StateText.cut("x".repeat(StateText.MAX - 1) + phone)).isEqualTo("x".repeat(StateText.MAX - 1));
        assertThat(StateText.cut("x".repeat(StateText.MAX - 2) + phone + "x"))
                .isEqualTo("x".repeat(StateText.MAX - 2) + phone);
    }

    @ParameterizedTest
    @CsvSource({
        "phone.example,phone.example",
        "192.0.2.1,192.0.2.1",
        "[192.0.2.1],192.0.2.1",
        "::1,::1",
        "[2001:db8::1],2001:db8::1",
        "fe80::1%eth0,fe80::1%eth0",
        "[fe80::1%eth0.7],fe80::1%eth0.7"
    })
    void host_is_a_name_or_an_address_without_brackets(String text, String host) {
        assertThat(HostText.parse(text)).contains(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "http://phone",
                "user@phone",
                "phone:80",
                "[::1",
                "::1]",
                "fe80::1%",
                "fe80::1%a/b",
                "1::2::3"
            })
    void other_texts_are_no_host(String text) {
        assertThat(HostText.parse(text)).isEmpty();
    }

    @Test
    void longest_names_are_those_of_the_domain_name_system() {
        assertThat(HostText.parse("x".repeat(253))).isPresent();
        assertThat(HostText.parse("x".repeat(254))).isEmpty();
    }

    @Test
    void port_behind_a_host_is_told_where_it_belongs() {
        assertThat(HostText.fault("192.0.2.1:8080")).contains("port = 8080");
        assertThat(HostText.fault("[::1]:80")).contains("port = 80");
        assertThat(HostText.fault("http://phone")).contains("without http://").doesNotContain("port =");
    }
}
