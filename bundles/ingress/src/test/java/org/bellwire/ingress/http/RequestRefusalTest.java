package org.bellwire.ingress.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are refused and with which status, and how large one may be. */
class RequestRefusalTest {

    private static final String LINE = "GET /x HTTP/1.1\r\n";
    /** The longest beginning of a line that may yet become one. */
    private static final int LONGEST_LINE = 4096 + 32;

    private static final int LONGEST_HEADERS = 8192;

    private final RequestParser parser = new RequestParser();

    private static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    private Optional<RequestHead> read(String text) {
        return parser.read(buffer(text));
    }

    private static void assertRefused(Optional<RequestHead> read, int status, String target) {
        assertThat(read).isPresent();
        RequestHead head = read.get();
        assertThat(head.isRefused()).isTrue();
        assertThat(head.refusal()).isEqualTo(status);
        assertThat(new String(head.target(), ISO_8859_1)).isEqualTo(target);
        assertThat(head.isPost()).isFalse();
        assertThat(head.isHeadOnly()).isFalse();
        assertThat(head.forwardedFor()).isEmpty();
        assertThat(head.hasBody()).isFalse();
        assertThat(head.afterwards()).isEqualTo(Persistence.CLOSE);
    }

    private static void assertAccepted(Optional<RequestHead> read) {
        assertThat(read).get().extracting(RequestHead::isRefused).isEqualTo(false);
    }

    /** Headers of a size, the empty line at their end included. */
    private static String headers(int size) {
        return "A: " + "b".repeat(size - 7) + "\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello             | 400 | ''",
                "GET /x            | 400 | ''",
                "GET /x HTTP/2.0   | 400 | ''",
                "PUT /x HTTP/1.1   | 405 | /x",
                "PROXY a b HTTP/1.1| 405 | a b",
            })
    void line_is_refused_before_any_header(String line, int status, String target) {
        ByteBuffer in = buffer(line + "\r\nHost: gw\r\n\r\n");
        assertRefused(parser.read(in), status, target);
        assertThat(in.remaining()).isEqualTo("Host: gw\r\n\r\n".length());
    }

    @ParameterizedTest
    @ValueSource(strings = {" folded", "\tfolded", "Content-Length : 5", "Host\t: gw"})
    void header_that_may_be_understood_differently_is_refused(String header) {
        assertRefused(read(LINE + "Host: gw\r\nX-Forwarded-For: ::1\r\n" + header + "\r\n\r\n"), 400, "/x");
    }

    @Test
    void refusal_for_a_header_tells_only_how_the_target_begins() {
        String target = "/" + "a".repeat(600);
        assertRefused(read("POST " + target + " HTTP/1.1\r\n folded\r\n"), 400, target.substring(0, 512));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x\r HTTP/1.1\r\n\r\n",
                "GET /x\r HTTP/1.1\n\n",
                "GET /x HTTP/1.1\r\r\n\r\n",
                "\rGET /x HTTP/1.1\n\n",
            })
    void carriage_return_within_the_line_is_refused(String request) {
        assertRefused(read(request), 400, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A: b\rContent-Length: 5\r\n\r\n",
                "A: b\rContent-Length: 5\n\n",
                "A: b\r\r\n\r\n",
                "\r\r\n",
                "A: b\r\n\rC: d\r\n\r\n"
            })
    void carriage_return_within_the_headers_is_refused(String headers) {
        assertRefused(read(LINE + headers), 400, "/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r\n\r\n", "\n\n\n\n", "\n\r\n\n"})
    void blank_lines_before_a_request_are_forgiven(String blanks) {
        assertAccepted(read(blanks + LINE + "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n\n\n\n\n", "\r\n\r\n\r\n\r\n\r\n"})
    void blank_lines_before_a_request_are_not_forgiven_for_ever(String blanks) {
        assertRefused(read(blanks + LINE + "\r\n"), 400, "");
    }

    /** As a connection does: what was read is gone from the buffer when more comes. */
    @Test
    void blank_lines_are_not_forgiven_for_ever_though_they_come_apart() {
        for (int i = 0; i < 4; i++) {
            ByteBuffer in = buffer("\n");
            assertThat(parser.read(in)).isEmpty();
            assertThat(in.hasRemaining()).isFalse();
        }
        assertRefused(read("\n"), 400, "");
    }

    @Test
    void blank_lines_are_forgiven_anew_before_each_request() {
        ByteBuffer in = buffer(("\n\n\n\n" + LINE + "\n").repeat(3));
        for (int i = 0; i < 3; i++) {
            assertAccepted(parser.read(in));
        }
        assertThat(in.hasRemaining()).isFalse();
    }

    @Test
    void target_may_be_of_4_kib() {
        String target = "/" + "a".repeat(4095);
        assertAccepted(read("POST " + target + " HTTP/1.1\r\n\r\n"));
        assertRefused(read("POST " + target + "a HTTP/1.1\r\n\r\n"), 414, target.substring(0, 512));
    }

    @Test
    void line_that_does_not_end_is_refused_once_it_is_too_long() {
        String begin = "GET /" + "a".repeat(LONGEST_LINE - 5);
        ByteBuffer in = buffer(begin + "a").limit(LONGEST_LINE);
        assertThat(parser.read(in)).isEmpty();
        assertThat(in.position()).isZero();
        assertRefused(parser.read(in.limit(LONGEST_LINE + 1)), 414, "/" + "a".repeat(511));
        assertThat(in.hasRemaining()).isFalse();
    }

    @Test
    void line_that_is_too_long_is_refused_also_when_it_comes_at_once() {
        String blanks = " ".repeat(LONGEST_LINE);
        assertRefused(read("GET" + blanks + "/x HTTP/1.1\r\n\r\n"), 414, "/x");
    }

    @Test
    void line_that_does_not_end_is_told_of_wherever_it_stands() {
        String begin = "GET /" + "a".repeat(LONGEST_LINE);
        ByteBuffer in = buffer("outside before " + begin).position(8).slice().position(7);
        assertRefused(parser.read(in), 414, "/" + "a".repeat(511));
        assertThat(in.hasRemaining()).isFalse();
    }

    @Test
    void headers_may_be_of_8_kib() {
        assertThat(headers(LONGEST_HEADERS)).hasSize(LONGEST_HEADERS);
        assertAccepted(read(LINE + headers(LONGEST_HEADERS)));
        assertAccepted(read(LINE + "A: b\r\n".repeat(1365) + "\r\n"));
        assertRefused(read(LINE + headers(LONGEST_HEADERS + 1)), 431, "/x");
        assertRefused(read(LINE + "A: b\r\n".repeat(1366) + "\r\n"), 431, "/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {" folded\r\n\r\n", "\rA: b\r\n\r\n", "\r\nGET / HTTP/1.1\r\n\r\n"})
    void headers_too_large_are_refused_for_that_whatever_follows(String behind) {
        ByteBuffer in = buffer(LINE + "A: " + "b".repeat(LONGEST_HEADERS) + "\r\n" + behind);
        assertRefused(parser.read(in), 431, "/x");
        assertThat(ISO_8859_1.decode(in).toString()).isEqualTo(behind);
    }

    @Test
    void headers_that_do_not_end_are_refused_once_they_are_too_large() {
        int most = LINE.length() + LONGEST_HEADERS;
        ByteBuffer in = buffer(LINE + "A: " + "b".repeat(LONGEST_HEADERS)).limit(most);
        assertThat(parser.read(in)).isEmpty();
        assertThat(in.position()).isZero();
        assertRefused(parser.read(in.limit(most + 1)), 431, "/x");
        assertThat(in.hasRemaining()).isFalse();
    }

    @Test
    void longest_line_leaves_the_headers_their_whole_size() {
        String line = "POST /" + "a".repeat(4095) + " HTTP/1.1\r\n";
        assertAccepted(read(line + headers(LONGEST_HEADERS)));
        assertThat(line.length() + LONGEST_HEADERS).isLessThan(RequestParser.CAPACITY);
    }

    /** Nobody reads on after a refusal; but nothing of it is left in the parser either. */
    @ParameterizedTest
    @ValueSource(ints = {LONGEST_LINE, LONGEST_HEADERS})
    void refusal_leaves_nothing_behind(int size) {
        String begin = size == LONGEST_LINE ? "GET /" : LINE + "X-Forwarded-For: ::1\r\nA: ";
        assertThat(read(begin + "a".repeat(size)))
                .get()
                .extracting(RequestHead::isRefused)
                .isEqualTo(true);
        Optional<RequestHead> next = read(LINE + "\r\n");
        assertAccepted(next);
        assertThat(next).get().extracting(RequestHead::forwardedFor).isEqualTo("");
    }
}
