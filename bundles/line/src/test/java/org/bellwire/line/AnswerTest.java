package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.line.FakePhone.answer;
import static org.bellwire.line.FakePhone.raw;
import static org.bellwire.line.LineFixture.OPEN;
import static org.bellwire.line.LineFixture.PASSWORD;

import java.util.Map;
import org.bellwire.api.port.PhoneLine.Answer;
import org.bellwire.api.port.PhoneLine.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

    @RegisterExtension
    final LineFixture fixture = new LineFixture(Map.of("timeout.ms", "2000"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK",
                "HTTP/1.0 200 OK\r\n\r\nuntil the end",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbreaks off",
                "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nOK\r\n0\r\n\r\n",
            })
    void success_in_any_form_is_ok(String bytes) throws Exception {
        try (FakePhone phone = FakePhone.that(raw(bytes))) {
            assertThat(fixture.send(phone.address(OPEN), "/").kind()).isEqualTo(Kind.OK);
            assertThat(phone.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 409, 429, 500, 503})
    void error_status_is_failed_and_not_repeated(int status) throws Exception {
        try (FakePhone phone = FakePhone.that(answer("HTTP/1.1 " + status + " X", "no"))) {
            Answer answer = fixture.send(phone.address(OPEN.repeatingUnauthorized()), "/");
            assertThat(answer.kind()).isEqualTo(Kind.FAILED);
            assertThat(answer.httpStatus()).hasValue(status);
            assertThat(phone.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirect_is_not_followed(int status) throws Exception {
        try (FakePhone other = FakePhone.that(FakePhone.OK);
                FakePhone phone = FakePhone.that(
                        answer("HTTP/1.1 " + status + " Go\r\nLocation: http://127.0.0.1:" + other.port() + "/", ""))) {
            Answer answer = fixture.send(phone.address(PASSWORD, "admin", "secret"), "/");
            assertThat(answer.kind()).isEqualTo(Kind.FAILED);
            assertThat(answer.httpStatus()).hasValue(status);
            assertThat(other.requests()).isEmpty();
            assertThat(phone.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login.htm", "http://10.0.0.1/Login?next=/x", "/cgi-bin/logon", "index.asp?page=login"})
    void redirect_to_a_login_page_is_unauthorized(String location) throws Exception {
        try (FakePhone phone = FakePhone.that(answer("HTTP/1.1 302 Found\r\nLocation: " + location, ""))) {
            Answer answer = fixture.send(phone.address(PASSWORD), "/");
            assertThat(answer.kind()).isEqualTo(Kind.UNAUTHORIZED);
            assertThat(answer.detail())
                    .hasValue(
                            "the phone sends to its login page: the phone asks for a password: set user and password in"
                                    + " org.bellwire.phone-desk.cfg");
        }
    }

    @Test
    void redirect_to_https_tells_the_key_to_set() throws Exception {
        try (FakePhone phone = FakePhone.that(answer("HTTP/1.1 301 Moved\r\nLocation: https://127.0.0.1/", ""))) {
            assertThat(fixture.send(phone.address(OPEN), "/").detail())
                    .hasValue("the phone redirects to https; set scheme = https in org.bellwire.phone-desk.cfg");
        }
    }

    @Test
    void login_form_with_status_200_is_unauthorized() throws Exception {
        String page = "<html><form action='/x'><INPUT name=u><input\nname=\"p\" type=\"password\"></form></html>";
        try (FakePhone phone = FakePhone.that(answer("HTTP/1.1 200 OK\r\nContent-Type: text/html", page))) {
            Answer answer = fixture.send(phone.address(PASSWORD), "/");
            assertThat(answer.kind()).isEqualTo(Kind.UNAUTHORIZED);
            assertThat(answer.httpStatus()).hasValue(200);
        }
    }

    @Test
    void login_form_beyond_the_first_8_kib_is_not_looked_for() throws Exception {
        String page = " ".repeat(8192) + "<input type=password>";
        try (FakePhone phone = FakePhone.that(answer("HTTP/1.1 200 OK", page))) {
            assertThat(fixture.send(phone.address(PASSWORD), "/").kind()).isEqualTo(Kind.OK);
        }
    }

    @Test
    void page_without_a_password_field_is_ok() throws Exception {
        try (FakePhone phone = FakePhone.that(answer("HTTP/1.1 200 OK", "<p>the password is not asked for</p>"))) {
            assertThat(fixture.send(phone.address(PASSWORD), "/").kind()).isEqualTo(Kind.OK);
        }
    }

    @Test
    void long_body_is_cut_and_still_an_answer() throws Exception {
        String body = "x".repeat(10 * AnswerReader.MAX_BYTES);
        try (FakePhone phone = FakePhone.that(answer("HTTP/1.1 200 OK", body))) {
            assertThat(fixture.send(phone.address(OPEN), "/")).isEqualTo(Answer.of(Kind.OK, 200));
        }
    }

    @Test
    void endless_headers_are_cut_and_failed() throws Exception {
        String head = "HTTP/1.1 200 OK\r\n" + "X-Long: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n".repeat(20_000);
        try (FakePhone phone = FakePhone.that(raw(head))) {
            Answer answer = fixture.send(phone.address(OPEN), "/");
            assertThat(answer.kind()).isEqualTo(Kind.FAILED);
            assertThat(answer.detail().orElse("")).contains("longer than");
        }
    }

    @Test
    void answer_that_comes_byte_by_byte_is_put_together() throws Exception {
        FakePhone.Part bytewise = (socket, out) -> {
            for (char c : "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno".toCharArray()) {
                out.write(c);
                out.flush();
            }
        };
        try (FakePhone phone = FakePhone.that(bytewise)) {
            assertThat(fixture.send(phone.address(OPEN), "/").httpStatus()).hasValue(403);
        }
    }

    @Test
    void something_else_than_http_is_failed_and_says_what_to_check() throws Exception {
        try (FakePhone phone = FakePhone.that(raw("SSH-2.0-dropbear_2012.55\r\n\r\n"))) {
            Answer answer = fixture.send(phone.address(OPEN), "/");
            assertThat(answer.kind()).isEqualTo(Kind.FAILED);
            assertThat(answer.detail())
                    .hasValueSatisfying(text -> assertThat(text)
                            .endsWith("does not answer in HTTP: check port and scheme in org.bellwire.phone-desk.cfg"));
        }
    }
}
