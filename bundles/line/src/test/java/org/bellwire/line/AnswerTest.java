package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.bellwire.line.FakePhone.answer;
import static org.bellwire.line.FakePhone.raw;
import static org.bellwire.line.LineFixture.OPEN;
import static org.bellwire.line.LineFixture.PASSWORD;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.spi.PhoneRequest;
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
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nGarbage\r\nContent-Length: 2\r\n\r\nOK",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nOK",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 7\r\n\r\nOK",
                "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nOK",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nOK",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nOK",
                "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nOK",
                "HTTP/1.1 200 OK\r\n: no name\r\n\u0001\u0000\u00ff\u007f: x\r\n\r\nOK",
                "HTTP/1.1 200 OK\r\n folded from the start\r\nX-A: b\r\n\tand on\r\n\r\nOK",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nOK\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nOK\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nOK\r\n0\r\nT: x",
                "HTTP/1.1 200 OK\r\nContent-Encoding: nonsense\r\n\r\nOK",
                "HTTP/1.1 200 OK\nX-A: b\n\nOK",
                "HTTP/1.1 200 OK\r\nX-A: b\n\nOK",
                "\r\n\r\nHTTP/1.1 200 OK\r\n\r\nOK",
                "HTTP/1.1 200\r\n\r\n",
                "HTTP/1.1 200 \r\n\r\n",
                "HTTP/1.1  200\tOK\r\n\r\n",
                "HTTP/1.1 200OK\r\n\r\n",
                "http/1.1 200 ok\r\n\r\n",
                "HTTP/1.0 200 OK\r\n\r\n",
                "HTTP/0.9 200 OK\r\n\r\n",
                "HTTP/3 200 OK\r\n\r\n",
                "HTTP 200 OK\r\n\r\n",
                "ICY 200 OK\r\nicy-name: x\r\n\r\n",
                "HTTP/1.1 200 \u00fc\u0000\u0001\r\n\r\n",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK",
                "HTTP/1.1 200 OK\r\nX-A: breaks off",
                "HTTP/1.1 100 Continue\r\nX\r\n\r\nHTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
            })
    void status_line_counts_whatever_follows_it(String bytes) throws Exception {
        try (FakePhone phone = FakePhone.that(raw(bytes))) {
            assertThat(fixture.send(phone.address(OPEN), "/")).isEqualTo(Answer.of(Kind.OK, 200));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 OK\r\n\r\n",
                "HTTP/1.1200 OK\r\n\r\n",
                "HTTPS/1.1 200 OK\r\n\r\n",
                "SIP/2.0 200 OK\r\n\r\n",
                "RTSP/1.0 200 OK\r\n\r\n",
                "220 phone FTP server\r\n",
                "\u00ff\u00fd\u0018login: ",
                "<html>",
            })
    void line_without_a_status_is_failed(String bytes) throws Exception {
        try (FakePhone phone = FakePhone.that(raw(bytes))) {
            Answer answer = fixture.send(phone.address(OPEN), "/");
            assertThat(answer.kind()).isEqualTo(Kind.FAILED);
            assertThat(answer.httpStatus()).isEmpty();
            assertThat(answer.detail().orElse("")).contains("does not answer in HTTP");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\n\r\n11\r\n<form><input type\r\n0a\r\n=\"password\"\r\n1\r\n>\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n<form><input type=password>",
                "Garbage\r\nContent-Length: 27\r\nContent-Length: 5\r\n\r\n<form><input type=password>",
                "\r\n<input type  =  'password'>",
            })
    void login_form_is_known_in_any_form_of_body(String rest) throws Exception {
        try (FakePhone phone = FakePhone.that(raw("HTTP/1.1 200 OK\r\n" + rest))) {
            assertThat(fixture.send(phone.address(PASSWORD), "/").kind()).isEqualTo(Kind.UNAUTHORIZED);
        }
    }

    @Test
    void challenge_behind_garbage_and_in_a_folded_header_is_found() throws Exception {
        FakePhone.Part folded = raw(
                "HTTP/1.1 401 No\r\nGarbage\r\nwww-authenticate :\r\n Digest realm=\"a\",\r\n\tnonce=\"n\"\r\n\r\n");
        try (FakePhone phone = FakePhone.that(folded, FakePhone.OK)) {
            assertThat(fixture.send(phone.address(PASSWORD, "admin", "secret"), "/")
                            .kind())
                    .isEqualTo(Kind.OK);
            assertThat(phone.header(1, "authorization").orElse("")).contains("realm=\"a\", nonce=\"n\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 100\r\n\r\n",
                "Content-Length: 100\r\n\r\npart of it",
                "X-No: length\r\n\r\npart of it",
                "\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nha",
                "Transfer-Encoding: chunked\r\n\r\n2\r\nOK\r\n",
            })
    void answer_without_its_end_is_accepted_a_second_after_its_headers(String rest) throws Exception {
        FakeClock clock = new FakeClock();
        HttpPhoneClient line = LineFixture.started(Map.of(), clock.surroundings(), Counters.NONE);
        FakePhone.Part keepsOpen = (socket, out) -> {
            raw("HTTP/1.1 200 OK\r\n" + rest).play(socket, out);
            out.flush();
            FakePhone.SILENCE.play(socket, out);
        };
        try (FakePhone phone = FakePhone.that(keepsOpen)) {
            CompletableFuture<Answer> answer =
                    line.send(phone.address(OPEN), new PhoneRequest("/")).toCompletableFuture();
            await().until(() -> phone.requests().size() == 1
                    && line.client().loop().nanosToDeadline() <= HttpTransaction.PAGE_NANOS);
            assertThat(answer).isNotDone();
            clock.advance(Duration.ofSeconds(1), line);
            assertThat(answer).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(Answer.of(Kind.OK, 200));
        } finally {
            line.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nOK\r\n0\r\n",
                "HTTP/1.1 302 Found\r\nContent-Length: 100\r\n\r\n",
                "HTTP/1.1 404 Not Found\r\n\r\n",
                "HTTP/1.1 500 Oh\r\nContent-Length: 100\r\n\r\npart of it",
                "HTTP/1.1 101 Switching\r\n\r\n",
            })
    void answer_that_says_all_is_not_waited_for(String bytes) throws Exception {
        FakeClock standing = new FakeClock();
        HttpPhoneClient line = LineFixture.started(Map.of(), standing.surroundings(), Counters.NONE);
        FakePhone.Part keepsOpen = (socket, out) -> {
            raw(bytes).play(socket, out);
            out.flush();
            FakePhone.SILENCE.play(socket, out);
        };
        try (FakePhone phone = FakePhone.that(keepsOpen)) {
            assertThat(line.send(phone.address(OPEN), new PhoneRequest("/")).toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(20))
                    .extracting(answer -> answer.httpStatus().orElse(0))
                    .isEqualTo(Integer.parseInt(bytes.substring(9, 12)));
        } finally {
            line.stop();
        }
    }

    @Test
    void preliminary_answers_without_end_are_cut_and_failed() throws Exception {
        try (FakePhone phone = FakePhone.that(raw("HTTP/1.1 100 Continue\r\n\r\n".repeat(20_000)))) {
            Answer answer = fixture.send(phone.address(OPEN), "/");
            assertThat(answer.kind()).isEqualTo(Kind.FAILED);
            assertThat(answer.detail().orElse("")).contains("longer than");
        }
    }

    @Test
    void status_line_without_end_is_cut_and_failed() throws Exception {
        try (FakePhone phone = FakePhone.that(raw("HTTP/1.1 " + "2".repeat(500_000)))) {
            assertThat(fixture.send(phone.address(OPEN), "/").kind()).isEqualTo(Kind.FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5;", "000000", "1\r\nx\r\n"})
    void chunks_without_end_are_cut_and_accepted(String again) throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (FakePhone phone = FakePhone.that(raw(head + again.repeat(200_000)))) {
            assertThat(fixture.send(phone.address(OPEN), "/")).isEqualTo(Answer.of(Kind.OK, 200));
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
        String body = "x".repeat(10 * ResponseParser.MAX_BYTES);
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
