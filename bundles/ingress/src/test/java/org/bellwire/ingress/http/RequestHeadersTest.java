package org.bellwire.ingress.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which header lines are taken, and what they say. */
class RequestHeadersTest {

    /** What stands before a line in the buffer is none of it, though it ends with a blank. */
    private static final String BEFORE = "before ";

    private final RequestHeaders headers = new RequestHeaders();

    /** The line ends where the array does. */
    private boolean add(String line) {
        byte[] bytes = (BEFORE + line).getBytes(ISO_8859_1);
        return headers.add(bytes, BEFORE.length(), bytes.length);
    }

    private void addAll(String lines) {
        for (String line : lines.split(";", -1)) {
            assertThat(add(line)).as(line).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " folded",
                "\tfolded",
                " ",
                "\t",
                " Host: gw",
                "Host : gw",
                "Host\t: gw",
                "Content-Length : 5",
                "Transfer-Encoding\t: chunked",
                "two words : x",
                "Transfer-Encoding\u000b: chunked",
                "Content-Length\0: 5",
                "Transfer\rEncoding: chunked",
                "A\u007f: b",
                "x :",
            })
    void line_that_may_be_understood_differently_is_refused(String line) {
        assertThat(add(line)).isFalse();
        assertThat(headers.announceBody()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: gw",
                "Host:gw",
                "Host:\tgw",
                "Host:",
                "H",
                ":",
                ": none",
                "two words: x",
                "no colon here",
                "no colon here ",
                "A: b : c",
                "A: \u00e4\"<>\0",
                "\u00c4: b",
                "no\1colon",
                "Cookie: Connection: keep-alive",
                "Content-Type: x",
                "TE: chunked",
                "Trailer: Content-Length",
                "X-Forwarded-Host: 10.0.0.9",
                "X-Forwarded-Fox: 10.0.0.9",
                "X-Content-Length: 5",
                "Connections: close",
            })
    void line_of_any_other_header_is_skipped(String line) {
        assertThat(add(line)).isTrue();
        assertThat(headers.announceBody()).isFalse();
        assertThat(headers.forwardedFor()).isEmpty();
        assertThat(headers.afterwards(true)).isEqualTo(Persistence.KEEP);
        assertThat(headers.afterwards(false)).isEqualTo(Persistence.CLOSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C",
                "T",
                "X",
                "Connection",
                "Content-Length",
                "Content-Length 5",
                "Transfer-Encoding",
                "Transfer-Encoding chunked",
                "X-Forwarded-For",
                "Connection\u001aclose",
                "Transfer-Encoding\u001achunked"
            })
    void name_that_is_not_whole_is_none(String line) {
        assertThat(add(line)).isTrue();
        assertThat(headers.announceBody()).isFalse();
        assertThat(headers.forwardedFor()).isEmpty();
        assertThat(headers.afterwards(true)).isEqualTo(Persistence.KEEP);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X: y                                   | KEEP  | CLOSE",
                "Connection: close                      | CLOSE | CLOSE",
                "Connection: keep-alive                 | KEEP  | KEEP_AS_ASKED",
                "CONNECTION:KEEP-ALIVE                  | KEEP  | KEEP_AS_ASKED",
                "connection: Close                      | CLOSE | CLOSE",
                "Connection: upgrade                    | KEEP  | CLOSE",
                "Connection:                            | KEEP  | CLOSE",
                "Connection: upgrade, Keep-Alive        | KEEP  | KEEP_AS_ASKED",
                "Connection: keep-alive, close          | CLOSE | CLOSE",
                "Connection: close;Connection: x        | CLOSE | CLOSE",
                "Connection: keep-alive;Connection: x   | KEEP  | KEEP_AS_ASKED",
                "Connection: keep-alive;Connection:close| CLOSE | CLOSE",
                "Connection: close;Connection:keep-alive| CLOSE | CLOSE",
                "Content-Length: 0                      | KEEP  | CLOSE",
                "Content-Length: 5                      | CLOSE | CLOSE",
                "Content-Length: 5;Connection:keep-alive| CLOSE | CLOSE",
                "Transfer-Encoding: chunked             | CLOSE | CLOSE",
            })
    void connection_is_kept_or_closed(String lines, Persistence sinceVersion11, Persistence before) {
        addAll(lines);
        assertThat(headers.afterwards(true)).isEqualTo(sinceVersion11);
        assertThat(headers.afterwards(false)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Host: gw                              | false",
                "Content-Length: 0                     | false",
                "CONTENT-LENGTH:0                      | false",
                "Content-Length: 0;Content-Length: 0   | false",
                "Content-Length: 1                     | true",
                "content-length:5                      | true",
                "Content-Length: 00                    | true",
                "Content-Length: +0                    | true",
                "Content-Length: 0, 5                  | true",
                "Content-Length: -1                    | true",
                "Content-Length: none                  | true",
                "Content-Length:\u000b0                | true",
                "Content-Length:                       | true",
                "Content-Length: 5;Content-Length: 0   | true",
                "Content-Length: 0;Content-Length: 5   | true",
                "Transfer-Encoding: chunked            | true",
                "TRANSFER-ENCODING:identity            | true",
                "transfer-encoding:                    | true",
                "Transfer-Encoding: x;Content-Length: 0| true",
                "Content-Length: 0;Transfer-Encoding: x| true",
                "Transfer-Encoding: x;TE: y            | true",
            })
    void body_is_announced_unless_there_is_clearly_none(String lines, boolean body) {
        addAll(lines);
        assertThat(headers.announceBody()).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For: 10.0.0.9                         | 10.0.0.9",
                "x-forwarded-for:10.0.0.9                          | 10.0.0.9",
                "X-FORWARDED-FOR: 10.0.0.9                         | 10.0.0.9",
                "X-Forwarded-For: 10.0.0.9, ::1                    | 10.0.0.9, ::1",
                "X-Forwarded-For: 10.0.0.9;X-Forwarded-For: ::1    | 10.0.0.9,::1",
                "X-Forwarded-For: ;X-Forwarded-For: ::1            | ::1",
                "X-Forwarded-For: 10.0.0.9;X-Other: y;x-a: z       | 10.0.0.9",
                "X-Forwarded-For: ä                                | ä",
            })
    void forwarded_addresses_are_kept_in_order(String lines, String forwardedFor) {
        addAll(lines);
        assertThat(headers.forwardedFor()).isEqualTo(forwardedFor);
    }

    @Test
    void blanks_around_a_value_are_no_part_of_it() {
        assertThat(add("Content-Length:\t 0 \t")).isTrue();
        assertThat(headers.announceBody()).isFalse();
        assertThat(add("X-Forwarded-For: \t10.0.0.9 \t ")).isTrue();
        assertThat(headers.forwardedFor()).isEqualTo("10.0.0.9");
    }

    @Test
    void line_is_read_within_its_bounds_only() {
        byte[] bytes = "xContent-Length: 0123: 5".getBytes(ISO_8859_1);
        assertThat(headers.add(bytes, 1, 18)).isTrue();
        assertThat(headers.announceBody()).isFalse();
    }
}
