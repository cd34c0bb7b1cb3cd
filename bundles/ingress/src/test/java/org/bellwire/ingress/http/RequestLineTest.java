package org.bellwire.ingress.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the first line of a request says, and which lines are none. */
class RequestLineTest {

    /** From the first byte of the array to its last. */
    private static RequestLine parse(String line) {
        byte[] bytes = line.getBytes(ISO_8859_1);
        return RequestLine.parse(bytes, 0, bytes.length);
    }

    private static RequestLine begun(String line) {
        byte[] bytes = line.getBytes(ISO_8859_1);
        return RequestLine.begun(bytes, 0, bytes.length);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "GET / HTTP/1.1>/",
                "GET /x?a=b&c=%20d#e HTTP/1.1>/x?a=b&c=%20d#e",
                "GET /x?who=Peter Pan HTTP/1.1>/x?who=Peter Pan",
                "GET /x?who=\"Müller\" HTTP/1.1>/x?who=\"Müller\"",
                "GET   /x   HTTP/1.1  >/x",
                "GET  a  b  HTTP/1.1>a  b",
                "GET /x HTTP/1.1 y HTTP/1.0>/x HTTP/1.1 y",
                "GET \t/x\t HTTP/1.1>\t/x\t",
                "GET http://gw:8087/x HTTP/1.1>http://gw:8087/x",
                "GET * HTTP/1.1>*",
            })
    void target_is_what_stands_between_method_and_version(String line, String target) {
        RequestLine read = parse(line);
        assertThat(read.isRefused()).isFalse();
        assertThat(read.refusal()).isZero();
        assertThat(text(read.target())).isEqualTo(target);
    }

    @Test
    void line_is_read_within_its_bounds_only() {
        byte[] bytes = "POST GET /x HTTP/1.1 HTTP/1.0".getBytes(ISO_8859_1);
        RequestLine read = RequestLine.parse(bytes, 5, 20);
        assertThat(text(read.target())).isEqualTo("/x");
        assertThat(read.isPost()).isFalse();
        assertThat(read.isPersistent()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"GET, false, false", "HEAD, false, true", "POST, true, false"})
    void method_is_one_of_three(String method, boolean post, boolean head) {
        RequestLine read = parse(method + " /x HTTP/1.1");
        assertThat(read.isRefused()).isFalse();
        assertThat(read.isPost()).isEqualTo(post);
        assertThat(read.isHead()).isEqualTo(head);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "GETS", "GE", "get", "HEADER", "POS", "", "\tGET"})
    void any_other_method_is_not_allowed(String method) {
        RequestLine read = parse(method + " /x y HTTP/1.1");
        assertThat(read.isRefused()).isTrue();
        assertThat(read.refusal()).isEqualTo(405);
        assertThat(text(read.target())).isEqualTo("/x y");
        assertThat(read.isPost()).isFalse();
        assertThat(read.isHead()).isFalse();
        assertThat(read.isPersistent()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.0, false", "HTTP/1.1, true", "HTTP/1.2, true", "HTTP/1.9, true"})
    void connection_persists_from_version_1_1_on(String version, boolean persistent) {
        RequestLine read = parse("GET / " + version);
        assertThat(read.isRefused()).isFalse();
        assertThat(read.isPersistent()).isEqualTo(persistent);
        assertThat(parse("GET / " + version + "  ").isPersistent()).isEqualTo(persistent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "    ",
                "GET",
                "GET ",
                "GET /",
                "GET/HTTP/1.1",
                "GET /HTTP/1.1",
                "GET HTTP/1.1",
                "GET  HTTP/1.1",
                "GET    HTTP/1.1",
                " HTTP/1.1",
                "HTTP/1.1",
                "GET / HTTP/1.",
                "GET / HTTP/1./",
                "GET / HTTP/1.:",
                "GET / HTTP/1.x",
                "GET / HTTP/1.10",
                "GET / HTTP/0.9",
                "GET / HTTP/2.0",
                "GET / http/1.1",
                "GET / HTTPS/1.1",
                "GET /\tHTTP/1.1",
                "GET / HTTP/1.1\t",
                "GET / HTTP/1.1 x",
                "\u0016\u0003\u0001\u0002\0\u0001",
            })
    void line_without_method_target_and_version_is_a_bad_request(String line) {
        RequestLine read = parse(line);
        assertThat(read.isRefused()).isTrue();
        assertThat(read.refusal()).isEqualTo(400);
        assertThat(read.target()).isEmpty();
        assertThat(read.isPersistent()).isFalse();
    }

    @Test
    void target_has_a_longest_length() {
        String longest = "/" + "a".repeat(4095);
        assertThat(text(parse("GET  " + longest + "  HTTP/1.1").target())).isEqualTo(longest);
        RequestLine longer = parse("GET " + longest + "a HTTP/1.1");
        assertThat(longer.refusal()).isEqualTo(414);
        assertThat(text(longer.target())).isEqualTo(longest.substring(0, 512));
    }

    @Test
    void method_is_looked_at_before_the_length() {
        RequestLine read = parse("PUT /" + "a".repeat(5000) + " HTTP/1.1");
        assertThat(read.refusal()).isEqualTo(405);
        assertThat(text(read.target())).isEqualTo("/" + "a".repeat(511));
    }

    @Test
    void beginning_of_a_target_is_what_is_told_of_it() {
        assertThat(text(parse("GET /x HTTP/1.1").beginning())).isEqualTo("/x");
        String kept = "/" + "a".repeat(511);
        assertThat(text(parse("GET " + kept + " HTTP/1.1").beginning())).isEqualTo(kept);
        assertThat(text(parse("GET " + kept + "b HTTP/1.1").beginning())).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"GET /x y, /x y", "GET /, /", "'GET ', ''", "GET, ''", "'', ''", "' /x', /x"})
    void line_without_an_end_is_too_long_and_told_of_as_far_as_it_goes(String line, String target) {
        RequestLine read = begun(line);
        assertThat(read.refusal()).isEqualTo(414);
        assertThat(text(read.target())).isEqualTo(target);
    }

    @Test
    void line_without_an_end_is_not_kept_whole() {
        assertThat(text(begun("GET /" + "a".repeat(5000)).target())).isEqualTo("/" + "a".repeat(511));
    }
}
