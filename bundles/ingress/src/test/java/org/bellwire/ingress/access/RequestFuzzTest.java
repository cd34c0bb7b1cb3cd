package org.bellwire.ingress.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.bellwire.ingress.http.RequestHead;
import org.bellwire.ingress.http.RequestParser;
import org.bellwire.ingress.http.ResponseBytes;
import org.bellwire.testkit.Fuzzing;
import org.junit.jupiter.api.Test;

/** What comes to the phones' port, mutated: each request is read or refused. */
class RequestFuzzTest {

    private static final Set<Integer> REFUSALS = Set.of(400, 405, 414, 431);

    private static final String PHONE = String.join(
            "\r\n",
            "GET /action/htek/token-of-twenty-two-chars/Incoming%20Call/001fc11a8b6c?remote=sip:42@h HTTP/1.1",
            "Host: gateway",
            "User-Agent: phone",
            "Connection: close",
            "",
            "");

    @Test
    void no_request_does_harm() {
        Fuzzing.of("request parser")
                .from(
                        PHONE,
                        "GET /action/auerswald/t?event=incoming&callId=TC@1&number=0 30 < \"a\" | % HTTP/1.0\r\n\r\n",
                        "\r\n\r\nHEAD http://gateway:8087/action/a/b?x=%C3%BC&amp;y=+ HTTP/1.1\nX-Forwarded-For: 10.0.0.9, ::1\n\n",
                        "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello",
                        "GET / HTTP/1.1\r\nContent-Length : 5\r\n folded\r\nTransfer-Encoding: chunked\r\n\r\n")
                .with(
                        "GET ",
                        "HEAD ",
                        "POST ",
                        " HTTP/1.1",
                        " HTTP/1.0\r\n",
                        "\r\n",
                        "\n",
                        "\r",
                        "\r\n\r\n",
                        ": ",
                        " ",
                        "\t",
                        "/",
                        "//",
                        "?",
                        "&",
                        "=",
                        "%",
                        "%00",
                        "%F0%9F",
                        "&amp;",
                        "Content-Length: 99999999999999999999\r\n",
                        "Connection: keep-alive\r\n",
                        "X-Forwarded-For: ",
                        "\0",
                        "ä",
                        "http://")
                .run(RequestFuzzTest::read);
    }

    /** In pieces, through a buffer of the size that a connection has, until a refusal closes it. */
    private static Object read(byte[] input) {
        RequestParser reader = new RequestParser();
        ByteBuffer buffer = ByteBuffer.allocate(RequestParser.CAPACITY);
        StringBuilder way = new StringBuilder();
        int piece = input.length == 0 ? 1 : 1 + (input[input.length - 1] & 0xFF) * 50;
        int at = 0;
        while (at < input.length && way.length() < 50) {
            int some = Math.min(piece, Math.min(buffer.remaining(), input.length - at));
            assertThat(some).as("room in the buffer").isPositive();
            buffer.put(input, at, some).flip();
            at += some;
            Optional<RequestHead> head = reader.read(buffer);
            while (head.isPresent()) {
                way.append(look(head.get())).append(' ');
                if (head.get().isRefused()) {
                    return way.toString();
                }
                head = buffer.hasRemaining() ? reader.read(buffer) : Optional.empty();
            }
            buffer.compact();
        }
        return way.toString();
    }

    private static String look(RequestHead head) {
        if (head.isRefused()) {
            assertThat(head.refusal()).isIn(REFUSALS);
            return String.valueOf(head.refusal());
        }
        ActionTarget target = ActionTarget.parse(head.target());
        String line = new String(ResponseBytes.of(200, head.afterwards()).array(), StandardCharsets.US_ASCII);
        assertThat(line).startsWith("HTTP/1.1 200 ");
        return head.afterwards()
                + (target.isAction() ? "action" : "")
                + target.path().size();
    }
}
