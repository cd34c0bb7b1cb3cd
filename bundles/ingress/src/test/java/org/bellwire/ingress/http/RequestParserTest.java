package org.bellwire.ingress.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestParserTest {

    private final RequestParser reader = new RequestParser();
    private final ByteBuffer buffer =
            ByteBuffer.allocate(RequestParser.CAPACITY).limit(0);

    private Optional<RequestHead> receive(String piece) {
        for (byte b : piece.getBytes(StandardCharsets.ISO_8859_1)) {
            buffer.limit(buffer.limit() + 1).put(buffer.limit() - 1, b);
        }
        return reader.read(buffer);
    }

    @Test
    void line_end_before_a_request_is_passed_over_however_it_comes() {
        for (String begin : new String[] {"\r\n", "\n", "\r\n\r\n"}) {
            Optional<RequestHead> head = Optional.empty();
            for (char c : (begin + "GET / HTTP/1.1\r\n\r\n").toCharArray()) {
                assertThat(head).isEmpty();
                head = receive(String.valueOf(c));
            }
            assertThat(head).get().extracting(RequestHead::isRefused).isEqualTo(false);
        }
    }

    @Test
    void carriage_return_alone_before_a_request_is_refused() {
        assertThat(receive("\rGET / HTTP/1.1\r\n\r\n"))
                .get()
                .extracting(RequestHead::isRefused)
                .isEqualTo(true);
    }
}
