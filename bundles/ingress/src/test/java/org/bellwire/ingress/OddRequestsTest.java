package org.bellwire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bellwire.api.port.ActionUrl;
import org.bellwire.ingress.server.RawHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real phones send. */
class OddRequestsTest {

    private static final String BASE = "/action/htek/" + IngressFixture.TOKEN;

    private final IngressFixture site = IngressFixture.with("rate.address", "100000");

    @AfterEach
    void close() {
        site.close();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("Peter", "Peter"),
                Arguments.of("Peter%20Pan", "Peter Pan"),
                Arguments.of("Peter Pan", "Peter Pan"),
                Arguments.of("Peter  HTTP/1.1 Pan", "Peter  HTTP/1.1 Pan"),
                Arguments.of("\"Peter\" <sip:42@10.0.0.9>", "\"Peter\" <sip:42@10.0.0.9>"),
                Arguments.of("a|b^c`d\\e{f}g", "a|b^c`d\\e{f}g"),
                Arguments.of("100%", "100%"),
                Arguments.of("%", "%"),
                Arguments.of("5%zz%4", "5%zz%4"),
                Arguments.of("%41%", "A%"),
                Arguments.of("+49+1", "+49+1"),
                Arguments.of("M\u00fcller", "M\u00fcller"),
                Arguments.of("M\u00c3\u00bcller", "M\u00fcller"),
                Arguments.of("M%C3%BCller", "M\u00fcller"),
                Arguments.of("M%fcller", "M\u00fcller"),
                Arguments.of("#31#42", "#31#42"),
                Arguments.of("a=b==", "a=b=="),
                Arguments.of("a?b/c", "a?b/c"),
                Arguments.of("sip:42@[fe80::1]:5060;x=y", "sip:42@[fe80::1]:5060;x=y"),
                Arguments.of("tab\there", "tabhere"),
                Arguments.of("\u00e2\u0082\u00ac", "\u20ac"),
                Arguments.of("", ""));
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_badly_encoded_is_understood(String sent, String understood) throws IOException {
        for (String head : List.of(
                " HTTP/1.0\r\n\r\n", " HTTP/1.1\r\n\r\n", " HTTP/1.1\r\nHost: gw\r\nConnection: close\r\n\r\n")) {
            int status = site.status("GET " + BASE + "/incoming-call?display_remote=" + sent + "&x=1" + head);
            assertThat(status).as(head).isEqualTo(200);
            assertThat(site.urls().last().variables().asSent())
                    .as(head)
                    .isEqualTo(Map.of("display_remote", understood, "x", "1"));
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_in_single_bytes_is_understood(String sent, String understood) throws IOException {
        try (RawHttpClient line = site.line()) {
            line.sendByteByByte("GET " + BASE + "/incoming-call?display_remote=" + sent + "&x=1 HTTP/1.1\r\n\r\n");
            assertThat(line.status()).isEqualTo(200);
        }
        assertThat(site.urls().last().variables().get("DISPLAY_REMOTE")).contains(understood);
    }

    @Test
    void segments_are_decoded_and_kept_in_order() throws IOException {
        assertThat(site.get(BASE + "/Off hook/10.0.0.9/")).isEqualTo(200);
        ActionUrl url = site.urls().last();
        assertThat(url.vendor()).isEqualTo("htek");
        assertThat(url.token()).isEqualTo(IngressFixture.TOKEN);
        assertThat(url.siteToken()).isTrue();
        assertThat(url.path()).containsExactly("Off hook", "10.0.0.9");
        assertThat(url.peer().getHostAddress()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//action/htek/%s/Off hook/10.0.0.9",
                "/action//htek/%s/Off hook/10.0.0.9",
                "/action/htek//%s//Off hook/10.0.0.9",
                "/action/htek/%s/Off hook//10.0.0.9//",
                "///action////htek///%s////Off hook///10.0.0.9",
                "http://gw:8087//action/htek/%s//Off hook/10.0.0.9",
            })
    void several_slashes_count_as_one(String form) throws IOException {
        assertThat(site.get(form.formatted(IngressFixture.TOKEN))).isEqualTo(200);
        assertThat(site.urls().last().path()).containsExactly("Off hook", "10.0.0.9");
    }

    @Test
    void encoded_slash_stays_within_its_segment() throws IOException {
        assertThat(site.get(BASE + "/a%2Fb/c")).isEqualTo(200);
        assertThat(site.urls().last().path()).containsExactly("a/b", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET %s/x HTTP/1.1\n\n",
                "\r\nGET %s/x HTTP/1.1\r\n\r\n",
                "GET   %s/x   HTTP/1.1  \r\n\r\n",
                "HEAD %s/x HTTP/1.1\r\n\r\n",
                "GET http://gw:8087%s/x HTTP/1.1\r\nHost: gw\r\n\r\n",
                "GET %s/x HTTP/1.1\r\nno colon here\r\n: none\r\nA: \u00e4\"<>\r\n\r\n",
                "GET %s/x HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
            })
    void request_of_odd_form_is_accepted(String form) throws IOException {
        assertThat(site.status(form.formatted(BASE))).isEqualTo(200);
        assertThat(site.urls().last().path()).containsExactly("x");
    }

    @Test
    void peer_that_ends_its_output_is_answered() throws IOException {
        try (RawHttpClient line = site.line()) {
            assertThat(line.send("GET " + BASE + "/x HTTP/1.0\r\n\r\n")
                            .endOutput()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void answer_has_no_body_and_no_more_than_needed() throws IOException {
        try (RawHttpClient line = site.line()) {
            line.send("GET " + BASE + "/x HTTP/1.1\r\nConnection: close\r\n\r\n");
            assertThat(line.rest()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    }

    @Test
    void connection_is_kept_for_several_requests() throws IOException {
        try (RawHttpClient line = site.line()) {
            for (int i = 0; i < 5; i++) {
                line.send("GET " + BASE + "/x?i=" + i + " HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(line.answer()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                assertThat(site.urls().last().variables().get("i")).contains("" + i);
            }
        }
    }

    @Test
    void requests_sent_at_once_are_all_answered_in_order() throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            requests.append("GET ").append(BASE).append("/x?i=").append(i).append(" HTTP/1.1\r\n\r\n");
        }
        try (RawHttpClient line = site.line()) {
            line.send(requests + "GET " + BASE + "/last HTTP/1.0\r\n\r\n");
            assertThat(line.rest().split("HTTP/1.1 200 OK")).hasSize(502);
        }
        assertThat(site.urls().received().stream()
                        .flatMap(url -> url.variables().get("i").stream())
                        .map(Integer::valueOf))
                .hasSize(500)
                .isSorted();
    }

    @Test
    void old_version_keeps_the_connection_only_when_asked() throws IOException {
        try (RawHttpClient line = site.line()) {
            line.send("GET " + BASE + "/x HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
            assertThat(line.answer()).contains("Connection: keep-alive");
            line.send("GET " + BASE + "/x HTTP/1.0\r\n\r\n");
            assertThat(line.rest()).contains("Connection: close");
        }
    }

    @Test
    void body_is_not_taken_for_a_request() throws IOException {
        String inner = "GET " + BASE + "/smuggled HTTP/1.1\r\n\r\n";
        try (RawHttpClient line = site.line()) {
            line.send("GET " + BASE + "/x HTTP/1.1\r\nContent-Length: " + inner.length() + "\r\n\r\n" + inner);
            assertThat(line.rest()).containsOnlyOnce("HTTP/1.1 200").contains("Connection: close");
        }
        assertThat(site.urls().received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 0\r\nContent-Length: 44",
                "Content-Length: 44\r\nContent-Length: 0",
                "Content-Length: 0, 44",
                "Content-Length: +0",
                "Content-Length:",
                "Content-Length: 0\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: identity",
                "content-length:\t44",
            })
    void connection_ends_where_it_is_not_clear_how_long_a_body_is(String headers) throws IOException {
        String inner = "GET " + BASE + "/smuggled HTTP/1.1\r\n\r\n";
        try (RawHttpClient line = site.line()) {
            line.send("GET " + BASE + "/x HTTP/1.1\r\n" + headers + "\r\n\r\n" + inner);
            assertThat(line.rest()).containsOnlyOnce("HTTP/1.1 200").contains("Connection: close");
        }
        assertThat(site.urls().received()).hasSize(1);
    }

    @Test
    void parameters_beyond_the_bound_are_dropped() throws IOException {
        StringBuilder query = new StringBuilder("?");
        for (int i = 0; i < 100; i++) {
            query.append("p").append(i).append('=').append(i).append('&');
        }
        assertThat(site.get(BASE + "/x" + query)).isEqualTo(200);
        assertThat(site.urls().last().variables().asSent()).hasSize(32).containsKey("p31");
    }

    @Test
    void variable_unfilled_or_repeated_counts_as_the_contract_says() throws IOException {
        assertThat(site.get(BASE + "/x?remote=$remote&who=<$remote_party>&IP=1&ip=2&&=3&flag"))
                .isEqualTo(200);
        assertThat(site.urls().last().variables().asSent())
                .containsOnlyKeys("IP", "flag")
                .containsEntry("IP", "1");
    }
}
