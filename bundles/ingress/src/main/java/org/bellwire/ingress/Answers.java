package org.bellwire.ingress;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The answers, ready to be sent: no body, nothing that tells who answers. */
final class Answers {

    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int TARGET_TOO_LONG = 414;
    static final int TOO_MANY = 429;
    static final int HEADERS_TOO_LARGE = 431;
    static final int UNAVAILABLE = 503;

    private static final Map<Integer, String> REASONS = Map.of(
            OK,
            "OK",
            202,
            "Accepted",
            BAD_REQUEST,
            "Bad Request",
            NOT_FOUND,
            "Not Found",
            METHOD_NOT_ALLOWED,
            "Method Not Allowed",
            TARGET_TOO_LONG,
            "URI Too Long",
            TOO_MANY,
            "Too Many Requests",
            HEADERS_TOO_LARGE,
            "Request Header Fields Too Large",
            UNAVAILABLE,
            "Service Unavailable");

    private static final Map<Afterwards, Map<Integer, byte[]>> READY =
            Stream.of(Afterwards.values()).collect(Collectors.toUnmodifiableMap(Function.identity(), Answers::allFor));

    private Answers() {}

    /** The bytes of an answer. A status that has no place in the contract counts as 503. */
    static ByteBuffer of(int status, Afterwards afterwards) {
        Map<Integer, byte[]> ready = READY.getOrDefault(afterwards, Map.of());
        byte[] answer = ready.get(status);
        return ByteBuffer.wrap(answer != null ? answer : ready.getOrDefault(UNAVAILABLE, new byte[0]));
    }

    private static Map<Integer, byte[]> allFor(Afterwards afterwards) {
        return REASONS.keySet().stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), status -> bytes(status, afterwards)));
    }

    private static byte[] bytes(int status, Afterwards afterwards) {
        String allow = status == METHOD_NOT_ALLOWED ? "Allow: GET, HEAD\r\n" : "";
        return ("HTTP/1.1 " + status + " " + REASONS.get(status) + "\r\n" + allow + "Content-Length: 0\r\n"
                        + afterwards.header() + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
