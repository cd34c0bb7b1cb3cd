package org.bellwire.ingress.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The answers as bytes: a body only where there is a document, and nothing that tells which server answers. */
public final class ResponseBytes {

    public static final int OK = 200;
    public static final int BAD_REQUEST = 400;
    public static final int NOT_FOUND = 404;
    public static final int METHOD_NOT_ALLOWED = 405;
    static final int TARGET_TOO_LONG = 414;
    public static final int TOO_MANY = 429;
    static final int HEADERS_TOO_LARGE = 431;
    public static final int UNAVAILABLE = 503;

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

    private static final Map<Persistence, Map<Integer, byte[]>> READY = Stream.of(Persistence.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), ResponseBytes::allFor));

    private ResponseBytes() {}

    /** The bytes of an answer. A status that has no place in the contract counts as 503. */
    public static ByteBuffer of(int status, Persistence afterwards) {
        Map<Integer, byte[]> ready = READY.getOrDefault(afterwards, Map.of());
        byte[] answer = ready.get(status);
        return ByteBuffer.wrap(answer != null ? answer : ready.getOrDefault(UNAVAILABLE, new byte[0]));
    }

    /** The bytes of an answer that may have a document. */
    public static ByteBuffer of(HttpAnswer answer, boolean headOnly, Persistence afterwards) {
        return answer.document()
                .map(document -> withDocument(document, headOnly, afterwards))
                .orElseGet(() -> of(answer.status(), afterwards));
    }

    private static ByteBuffer withDocument(HttpAnswer.Document document, boolean headOnly, Persistence afterwards) {
        byte[] body = document.bytes();
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: " + document.type() + "; charset=utf-8\r\nContent-Length: "
                        + body.length + "\r\n" + afterwards.header() + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer all = ByteBuffer.allocate(head.length + body.length).put(head);
        return (headOnly ? all : all.put(body)).flip();
    }

    private static Map<Integer, byte[]> allFor(Persistence afterwards) {
        return REASONS.keySet().stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), status -> bytes(status, afterwards)));
    }

    private static byte[] bytes(int status, Persistence afterwards) {
        String allow = status == METHOD_NOT_ALLOWED ? "Allow: GET, HEAD\r\n" : "";
        return ("HTTP/1.1 " + status + " " + REASONS.get(status) + "\r\n" + allow + "Content-Length: 0\r\n"
                        + afterwards.header() + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
