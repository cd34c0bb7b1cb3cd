package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.api.spi.PhoneRequest.Method.GET;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestChallengeTest {

    private static Optional<DigestChallenge> parse(String header) {
        return Challenges.of(List.of(header)).strongest();
    }

    @Test
    void answer_is_that_of_the_example_in_rfc_7616() {
        DigestChallenge challenge = parse(
                        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=MD5,"
                                + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                                + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"")
                .orElseThrow();
        String answer = challenge.answer(
                "Mufasa", "Circle of Life", GET, "/dir/index.html", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        assertThat(answer)
                .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"")
                .contains("qop=auth, nc=00000001");
    }

    @Test
    void challenge_without_qop_is_answered_in_the_old_way() {
        DigestChallenge challenge = parse(
                        "Digest realm=\"testrealm@host.com\",nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"")
                .orElseThrow();
        assertThat(challenge.answer("Mufasa", "Circle Of Life", GET, "/dir/index.html"))
                .contains("response=\"670fd8c2df070c60b045671b8b24ff02\"")
                .doesNotContain("cnonce");
    }

    @Test
    void challenge_behind_another_one_is_found() {
        assertThat(parse("Basic realm=\"a\", digest realm=b, nonce=c")).hasValueSatisfying(challenge -> {
            assertThat(challenge.realm()).isEqualTo("b");
            assertThat(challenge.nonce()).isEqualTo("c");
        });
    }

    @Test
    void answer_with_sha_256_is_that_of_the_example_in_rfc_7616() {
        DigestChallenge challenge = parse(
                        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256,"
                                + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                                + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"")
                .orElseThrow();
        assertThat(challenge.answer(
                        "Mufasa",
                        "Circle of Life",
                        GET,
                        "/dir/index.html",
                        "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"))
                .contains(
                        "algorithm=SHA-256, response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5-sess", "\"md5-SESS\""})
    void session_algorithm_hashes_both_nonces_into_the_password(String algorithm) {
        DigestChallenge challenge = parse(
                        "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int,auth\", algorithm=" + algorithm)
                .orElseThrow();
        String login = DigestAlgorithm.MD5.hash(DigestAlgorithm.MD5.hash("u:r:p") + ":n:c");
        String response = DigestAlgorithm.MD5.hash(login + ":n:00000001:c:auth:" + DigestAlgorithm.MD5.hash("GET:/x"));
        assertThat(challenge.answer("u", "p", GET, "/x", "c"))
                .isEqualTo("Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/x\", algorithm=MD5-sess,"
                        + " response=\"" + response + "\", qop=auth, nc=00000001, cnonce=\"c\"");
    }

    @Test
    void strongest_challenge_is_answered() {
        String offers = "Digest realm=a, nonce=1, Digest realm=b, nonce=2, algorithm=SHA-256-sess,"
                + " Digest realm=c, nonce=3, algorithm=SHA-256, Digest realm=d, nonce=4, algorithm=SHA-512, Basic realm=e";
        assertThat(parse(offers)).map(DigestChallenge::realm).contains("b");
    }

    @Test
    void name_that_is_not_ascii_is_sent_in_utf_8_where_the_phone_says_so() {
        assertThat(parse("Digest realm=a, nonce=1, charset=utf-8").orElseThrow().answer("J\u00fcrg", "p", GET, "/"))
                .startsWith("Digest username*=UTF-8''J%C3%BCrg, realm=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic realm=\"x\"",
                "Digest realm=\"x\"",
                "Digest nonce=\"x\"",
                "Digest realm=\"x\", nonce=\"\"",
                "Digest realm=\"x\", nonce=\"y\", algorithm=SHA-1",
                "Digest realm=\"x\", nonce=\"y\", qop=\"auth-int\"",
                "",
            })
    void challenge_that_cannot_be_answered_is_none(String header) {
        assertThat(parse(header)).isEmpty();
    }
}
