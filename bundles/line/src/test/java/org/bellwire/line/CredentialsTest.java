package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.line.FakePhone.OK;
import static org.bellwire.line.FakePhone.answer;
import static org.bellwire.line.LineFixture.OPEN;
import static org.bellwire.line.LineFixture.PASSWORD;

import java.util.Map;
import java.util.Optional;
import org.bellwire.api.Scheme;
import org.bellwire.api.config.Secret;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.api.spi.Access;
import org.bellwire.api.spi.Access.Authentication;
import org.bellwire.line.FakePhone.Part;
import org.bellwire.testkit.CountingCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

    private static final Part REFUSED = answer("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"phone\"", "");
    private static final Part DIGEST = answer(
            "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"phone\", qop=\"auth\", nonce=\"n1\", opaque=\"o\"",
            "");
    /** admin:secret */
    private static final String BASIC = "Basic YWRtaW46c2VjcmV0";

    private final CountingCounters counters = new CountingCounters();

    @RegisterExtension
    final LineFixture fixture = new LineFixture(Map.of(), counters);

    @Test
    void password_goes_as_basic_with_the_first_request() throws Exception {
        try (FakePhone phone = FakePhone.that(OK)) {
            assertThat(fixture.send(phone.address(PASSWORD, "admin", "secret"), "/x")
                            .kind())
                    .isEqualTo(Kind.OK);
            assertThat(phone.header(0, "authorization")).contains(BASIC);
            assertThat(phone.lines()).containsExactly("GET /x HTTP/1.1");
        }
    }

    @Test
    void phone_without_a_password_in_its_file_is_shown_nothing_and_told_what_is_missing() throws Exception {
        try (FakePhone phone = FakePhone.that(REFUSED)) {
            Answer answer = fixture.send(phone.address(PASSWORD.repeatingUnauthorized()), "/");
            assertThat(answer)
                    .isEqualTo(Answer.of(
                            Kind.UNAUTHORIZED,
                            401,
                            "the phone asks for a password: set user and password in org.bellwire.phone-desk.cfg"));
            assertThat(phone.requests()).hasSize(1);
            assertThat(phone.header(0, "authorization")).isEmpty();
        }
    }

    @Test
    void wrong_password_is_unauthorized_and_tried_once() throws Exception {
        try (FakePhone phone = FakePhone.that(REFUSED)) {
            Answer answer = fixture.send(phone.address(PASSWORD, "admin", "secret"), "/");
            assertThat(answer.kind()).isEqualTo(Kind.UNAUTHORIZED);
            assertThat(answer.detail()).hasValue("the phone refuses user and password of org.bellwire.phone-desk.cfg");
            assertThat(phone.requests()).hasSize(1);
        }
    }

    @Test
    void forbidden_is_unauthorized_and_not_repeated() throws Exception {
        try (FakePhone phone = FakePhone.that(answer("HTTP/1.1 403 Forbidden", ""))) {
            Answer answer = fixture.send(phone.address(PASSWORD.repeatingUnauthorized(), "admin", "secret"), "/");
            assertThat(answer.kind()).isEqualTo(Kind.UNAUTHORIZED);
            assertThat(answer.detail().orElse("")).contains("allows remote control");
            assertThat(phone.requests()).hasSize(1);
        }
    }

    @Test
    void open_vendors_are_never_shown_a_password() throws Exception {
        try (FakePhone phone = FakePhone.that(OK)) {
            fixture.send(phone.address(OPEN, "admin", "secret"), "/");
            assertThat(phone.header(0, "authorization")).isEmpty();
        }
    }

    @Test
    void token_goes_as_bearer() throws Exception {
        try (FakePhone phone = FakePhone.that(OK)) {
            fixture.send(bearer(phone, Optional.of(new Secret("abcdefg"))), "/api?a=b");
            assertThat(phone.header(0, "authorization")).contains("Bearer abcdefg");
            assertThat(phone.lines()).containsExactly("GET /api?a=b HTTP/1.1");
        }
    }

    @Test
    void token_with_a_line_end_breaks_into_no_other_header() throws Exception {
        try (FakePhone phone = FakePhone.that(OK)) {
            fixture.send(bearer(phone, Optional.of(new Secret("abc\r\nX-Evil: 1"))), "/");
            assertThat(phone.header(0, "authorization")).contains("Bearer abc??X-Evil: 1");
            assertThat(phone.header(0, "x-evil")).isEmpty();
        }
    }

    @Test
    void missing_token_is_named() throws Exception {
        try (FakePhone phone = FakePhone.that(REFUSED)) {
            assertThat(fixture.send(bearer(phone, Optional.empty()), "/").detail())
                    .hasValue("the phone asks for a token: set api.token in org.bellwire.phone-desk.cfg");
        }
    }

    @Test
    void stray_401_is_repeated_once_where_the_vendor_is_known_for_it() throws Exception {
        try (FakePhone phone = FakePhone.that(REFUSED, OK)) {
            Address to = phone.address(PASSWORD.repeatingUnauthorized(), "admin", "secret");
            assertThat(fixture.send(to, "/x").kind()).isEqualTo(Kind.OK);
            assertThat(phone.lines()).containsExactly("GET /x HTTP/1.1", "GET /x HTTP/1.1");
            assertThat(phone.header(1, "authorization")).contains(BASIC);
        }
    }

    @Test
    void second_401_in_a_row_is_final() throws Exception {
        try (FakePhone phone = FakePhone.that(REFUSED)) {
            Address to = phone.address(PASSWORD.repeatingUnauthorized(), "admin", "secret");
            assertThat(fixture.send(to, "/x").kind()).isEqualTo(Kind.UNAUTHORIZED);
            assertThat(phone.requests()).hasSize(2);
        }
    }

    @Test
    void digest_challenge_is_answered() throws Exception {
        try (FakePhone phone = FakePhone.that(DIGEST, OK)) {
            Address to = phone.address(PASSWORD, "admin", "secret");
            assertThat(fixture.send(to, "/Phone_ActionURL&Command=2").kind()).isEqualTo(Kind.OK);
            assertThat(phone.lines())
                    .containsExactly(
                            "GET /Phone_ActionURL&Command=2 HTTP/1.1", "GET /Phone_ActionURL&Command=2 HTTP/1.1");
            assertThat(phone.header(1, "authorization").orElse(""))
                    .startsWith("Digest username=\"admin\", realm=\"phone\", nonce=\"n1\","
                            + " uri=\"/Phone_ActionURL&Command=2\", algorithm=MD5, response=\"")
                    .contains("qop=auth, nc=00000001, cnonce=\"")
                    .endsWith("opaque=\"o\"");
        }
    }

    @Test
    void digest_is_answered_once_only() throws Exception {
        try (FakePhone phone = FakePhone.that(DIGEST)) {
            assertThat(fixture.send(phone.address(PASSWORD, "admin", "wrong"), "/")
                            .kind())
                    .isEqualTo(Kind.UNAUTHORIZED);
            assertThat(phone.requests()).hasSize(2);
        }
    }

    @Test
    void stale_nonce_is_replaced_once() throws Exception {
        Part stale = answer("HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=p, nonce=n2, stale=TRUE", "");
        try (FakePhone phone = FakePhone.that(DIGEST, stale, OK)) {
            Address to = phone.address(PASSWORD, "admin", "secret");
            assertThat(fixture.send(to, "/x").kind()).isEqualTo(Kind.OK);
            assertThat(phone.requests()).hasSize(3);
            assertThat(phone.header(2, "authorization").orElse("")).contains("nonce=\"n2\"");
        }
    }

    @Test
    void nonces_that_are_stale_again_and_again_come_to_an_end() throws Exception {
        Part stale = answer("HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=p, nonce=n2, stale=true", "");
        try (FakePhone phone = FakePhone.that(stale)) {
            assertThat(fixture.send(phone.address(PASSWORD, "admin", "secret"), "/")
                            .kind())
                    .isEqualTo(Kind.UNAUTHORIZED);
            assertThat(phone.requests()).hasSize(3);
        }
    }

    @Test
    void strongest_of_several_challenges_is_answered() throws Exception {
        Part several = answer(
                "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=m, nonce=1, algorithm=MD5\r\n"
                        + "WWW-Authenticate: Basic realm=b,Digest realm=s,nonce=2,qop=\"auth\",algorithm=SHA-256",
                "");
        try (FakePhone phone = FakePhone.that(several, OK)) {
            assertThat(fixture.send(phone.address(PASSWORD, "admin", "secret"), "/")
                            .kind())
                    .isEqualTo(Kind.OK);
            assertThat(phone.header(1, "authorization").orElse(""))
                    .contains("realm=\"s\", nonce=\"2\"")
                    .contains("algorithm=SHA-256");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Digest realm=a, nonce=1, qop=\"auth-int\"  | Digest with qop=auth-int
                    Digest realm=a, nonce=1, algorithm=SHA3-99 | Digest with algorithm SHA3-99
                    Digest realm=a                             | Digest without a nonce
                    NTLM                                       | NTLM
                    Negotiate YIIabc/+def==, NTLM              | Negotiate or NTLM
                    Bearer realm=x                             | Bearer
                    """)
    void challenge_that_cannot_be_answered_is_named(String challenge, String named) throws Exception {
        try (FakePhone phone = FakePhone.that(answer("HTTP/1.1 401 No\r\nWWW-Authenticate: " + challenge, ""))) {
            assertThat(fixture.send(phone.address(PASSWORD, "admin", "secret"), "/"))
                    .isEqualTo(Answer.of(
                            Kind.UNAUTHORIZED,
                            401,
                            "the phone asks for " + named + ", which Bellwire does not know: set the phone to Digest"
                                    + " (MD5 or SHA-256, qop auth) or Basic"));
            assertThat(phone.requests()).hasSize(1);
        }
    }

    @Test
    void basic_beside_what_is_not_known_is_the_password_that_is_wrong() throws Exception {
        Part both = answer("HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM\r\nWWW-Authenticate: basic realm=a", "");
        try (FakePhone phone = FakePhone.that(both)) {
            assertThat(fixture.send(phone.address(PASSWORD, "admin", "secret"), "/")
                            .detail())
                    .hasValue("the phone refuses user and password of org.bellwire.phone-desk.cfg");
        }
    }

    @Test
    void hashed_user_names_are_not_used_but_named_when_the_password_is_refused() throws Exception {
        Part hashing = answer("HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=a, nonce=b, userhash=true", "");
        try (FakePhone phone = FakePhone.that(hashing)) {
            assertThat(fixture.send(phone.address(PASSWORD, "admin", "secret"), "/")
                            .detail()
                            .orElse(""))
                    .contains("userhash");
            assertThat(phone.header(1, "authorization").orElse("")).contains("username=\"admin\"");
        }
    }

    @Test
    void challenge_of_more_than_4_kib_is_left_out_named_and_counted() throws Exception {
        Part endless = answer("HTTP/1.1 401 No\r\nWWW-Authenticate: Digest a=b" + " ".repeat(60_000) + "!", "");
        try (FakePhone phone = FakePhone.that(endless)) {
            assertThat(fixture.send(phone.address(PASSWORD, "admin", "secret"), "/")
                            .detail()
                            .orElse(""))
                    .startsWith("the phone asks for a password with a challenge of more than 4096 characters");
            assertThat(counters.count(Limit.LINE_ANSWERS)).isEqualTo(1);
        }
    }

    private static Address bearer(FakePhone phone, Optional<Secret> token) {
        Access access = Access.http(Authentication.BEARER);
        return new Address(
                "desk",
                Scheme.HTTP,
                "127.0.0.1",
                phone.port(),
                access,
                Optional.empty(),
                Optional.empty(),
                token,
                Optional.empty());
    }
}
