package org.bellwire.ingress.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a request that came whole, and of those behind it. */
class RequestHeadTest {

    private final RequestParser parser = new RequestParser();

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private RequestHead read(ByteBuffer in) {
        Optional<RequestHead> head = parser.read(in);
        assertThat(head).isPresent();
        return head.get();
    }

    private RequestHead read(String request) {
        return read(ByteBuffer.wrap(bytes(request)));
    }

    @Test
    void head_says_what_stands_in_line_and_headers() {
        RequestHead head = read("GET /x?a=b c HTTP/1.1\r\nHost: gw\r\nX-Forwarded-For: 10.0.0.9\r\n\r\n");
        assertThat(head.isRefused()).isFalse();
        assertThat(head.refusal()).isZero();
        assertThat(text(head.target())).isEqualTo("/x?a=b c");
        assertThat(head.isPost()).isFalse();
        assertThat(head.isHeadOnly()).isFalse();
        assertThat(head.forwardedFor()).isEqualTo("10.0.0.9");
        assertThat(head.hasBody()).isFalse();
        assertThat(head.afterwards()).isEqualTo(Persistence.KEEP);
    }

    @ParameterizedTest
    @CsvSource({"GET, false, false", "HEAD, false, true", "POST, true, false"})
    void head_says_which_method_it_is(String method, boolean post, boolean headOnly) {
        RequestHead head = read(method + " / HTTP/1.1\r\n\r\n");
        assertThat(head.isRefused()).isFalse();
        assertThat(head.isPost()).isEqualTo(post);
        assertThat(head.isHeadOnly()).isEqualTo(headOnly);
        assertThat(head.forwardedFor()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.1, Host: gw, KEEP",
        "1.1, Connection: close, CLOSE",
        "1.1, Content-Length: 5, CLOSE",
        "1.0, Host: gw, CLOSE",
        "1.0, Connection: Keep-Alive, KEEP_AS_ASKED",
    })
    void version_and_headers_say_what_becomes_of_the_connection(String version, String header, Persistence expected) {
        assertThat(read("GET / HTTP/" + version + "\r\n" + header + "\r\n\r\n").afterwards())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x HTTP/1.1\n\n",
                "GET /x HTTP/1.1\r\n\n",
                "GET /x HTTP/1.1\n\r\n",
                "GET /x HTTP/1.1\nHost: gw\r\nA: b\n\r\n",
            })
    void line_may_end_without_a_carriage_return(String request) {
        RequestHead head = read(request);
        assertThat(head.isRefused()).isFalse();
        assertThat(text(head.target())).isEqualTo("/x");
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 5, 'hello'",
        "Transfer-Encoding: chunked, '5\r\nhello\r\n0\r\n\r\n'",
        "Content-Length: 27, 'GET /smuggled HTTP/1.1\r\n\r\n'",
    })
    void body_is_announced_and_left_in_the_buffer(String header, String body) {
        ByteBuffer in = ByteBuffer.wrap(bytes("POST /x HTTP/1.1\r\n" + header + "\r\n\r\n" + body));
        RequestHead head = read(in);
        assertThat(head.isRefused()).isFalse();
        assertThat(head.isPost()).isTrue();
        assertThat(head.hasBody()).isTrue();
        assertThat(head.afterwards()).isEqualTo(Persistence.CLOSE);
        assertThat(ISO_8859_1.decode(in).toString()).isEqualTo(body);
    }

    @Test
    void requests_in_one_buffer_are_read_one_by_one_and_say_nothing_of_each_other() {
        String requests = String.join(
                "",
                "POST /1 HTTP/1.1\r\nX-Forwarded-For: 10.0.0.9\r\nContent-Length: 0\r\n\r\n",
                "HEAD /2 HTTP/1.0\nConnection: close\n\n",
                "\r\nGET /3 HTTP/1.1\r\n\r\n",
                "GET /4 HT");
        ByteBuffer in = ByteBuffer.wrap(bytes(requests));
        List<RequestHead> heads = new ArrayList<>();
        for (Optional<RequestHead> head = parser.read(in); head.isPresent(); head = parser.read(in)) {
            heads.add(head.get());
        }
        assertThat(heads).extracting(RequestHead::isRefused).containsOnly(false);
        assertThat(heads).extracting(head -> text(head.target())).containsExactly("/1", "/2", "/3");
        assertThat(heads).extracting(RequestHead::isPost).containsExactly(true, false, false);
        assertThat(heads).extracting(RequestHead::isHeadOnly).containsExactly(false, true, false);
        assertThat(heads).extracting(RequestHead::forwardedFor).containsExactly("10.0.0.9", "", "");
        assertThat(heads)
                .extracting(RequestHead::afterwards)
                .containsExactly(Persistence.KEEP, Persistence.CLOSE, Persistence.KEEP);
        assertThat(in.remaining()).isEqualTo("GET /4 HT".length());
    }

    /** A connection's buffer may be a part of a larger one, and what was read before stays in it for a while. */
    @Test
    void request_is_read_wherever_it_stands() {
        String outside = "GET /outside HTTP/1.1\r\n\r\n";
        String before = "GET /before HTTP/1.1\r\n\r\n";
        String request = "GET /x HTTP/1.1\r\nX-Forwarded-For: 10.0.0.9\r\n\r\n";
        ByteBuffer in = ByteBuffer.wrap(bytes(outside + before + request + "GET /behind"))
                .position(outside.length())
                .slice()
                .position(before.length())
                .limit(before.length() + request.length());
        RequestHead head = read(in);
        assertThat(text(head.target())).isEqualTo("/x");
        assertThat(head.forwardedFor()).isEqualTo("10.0.0.9");
        assertThat(in.hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x y HTTP/1.1\r\nHost: gw\r\nContent-Length: 0\r\nX-Forwarded-For: ::1\r\n\r\n",
                "\r\nHEAD /x y HTTP/1.0\nX-Forwarded-For: ::1\n\n",
            })
    void request_in_single_bytes_is_read_with_the_last(String request) {
        byte[] all = bytes(request);
        ByteBuffer in = ByteBuffer.wrap(all).limit(0);
        for (int i = 1; i < all.length; i++) {
            assertThat(parser.read(in.limit(i))).as("%d bytes", i).isEmpty();
        }
        RequestHead head = read(in.limit(all.length));
        assertThat(text(head.target())).isEqualTo("/x y");
        assertThat(head.forwardedFor()).isEqualTo("::1");
        assertThat(in.hasRemaining()).isFalse();
    }
}
