package org.bellwire.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneRequestTest {

    @ParameterizedTest
    @CsvSource({
        "42, 42",
        "3@192.168.20.22, 3@192.168.20.22",
        "TC@1, TC@1",
        "*21*#, *21*%23",
        "+49, %2B49",
        "Front door, Front%20door",
        "1&key=Reboot, 1%26key%3DReboot",
        "100%, 100%25",
        "a;b/c?d, a%3Bb%2Fc%3Fd",
        "Tür, T%C3%BCr",
        "😀, %F0%9F%98%80"
    })
    void value_is_encoded_so_that_it_stays_one(String value, String encoded) {
        assertThat(PhoneRequest.encode(value)).isEqualTo(encoded);
    }

    @Test
    void line_breaks_never_reach_the_wire() {
        assertThat(PhoneRequest.encode("1\r\nX: y\0")).isEqualTo("1%0D%0AX%3A%20y%00");
    }

    @Test
    void parameters_are_joined_by_the_right_sign() {
        PhoneRequest request = new PhoneRequest("/x").with("a", "1").with("b", "2 3");
        assertThat(request.target()).isEqualTo("/x?a=1&b=2%203");
        assertThat(request).hasToString("/x?a=1&b=2%203");
    }

    @Test
    void an_absent_parameter_is_left_out() {
        assertThat(new PhoneRequest("/x").with("a", Optional.empty())).isEqualTo(new PhoneRequest("/x"));
        assertThat(new PhoneRequest("/x").with("a", Optional.of("1"))).isEqualTo(new PhoneRequest("/x?a=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "/a b", "/ä", "/a\n", "http://evil/", "/\u007f"})
    void target_that_is_no_plain_path_is_refused(String target) {
        assertThatThrownBy(() -> new PhoneRequest(target)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void body_is_shown_behind_its_method_and_target() {
        PhoneRequest request = new PhoneRequest("/relay").posting("application/json", "{\"num\":1}");
        assertThat(request).hasToString("POST/relay#{\"num\":1}");
        assertThat(request.by(PhoneRequest.Method.PUT)).hasToString("PUT/relay#{\"num\":1}");
        assertThatThrownBy(() -> request.by(PhoneRequest.Method.GET)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "json", "text/plain\r\nX: y"})
    void media_type_that_is_none_is_refused(String type) {
        assertThatThrownBy(() -> new PhoneRequest("/").posting(type, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void credential_is_only_marked_in_the_target() {
        PhoneRequest request = new PhoneRequest("/do").with("pass", Credential.PASSWORD);
        assertThat(request).hasToString("/do?pass={password}");
        assertThat(request.holds(Credential.PASSWORD)).isTrue();
        assertThat(request.holds(Credential.USER)).isFalse();
    }

    @Test
    void value_from_outside_is_never_taken_for_a_credential() {
        assertThat(new PhoneRequest("/do").with("to", "{password}").holds(Credential.PASSWORD))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 5001})
    void pause_beyond_its_bounds_is_refused(int ms) {
        assertThatThrownBy(() -> new PhoneRequest("/").after(ms)).isInstanceOf(IllegalArgumentException.class);
    }
}
