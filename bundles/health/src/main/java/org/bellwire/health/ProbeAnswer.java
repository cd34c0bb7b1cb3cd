package org.bellwire.health;

import java.util.Map;

/**
 * What a probe is answered.
 *
 * @param headers beside those that every answer has
 */
record ProbeAnswer(int status, Map<String, String> headers, String body) {

    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int NO_SUCH_METHOD = 405;
    static final int HEAD_TOO_LARGE = 431;
    static final int FAILED = 500;
    static final int UNAVAILABLE = 503;

    private static final Map<Integer, String> REASONS = Map.of(
            OK, "OK",
            BAD_REQUEST, "Bad Request",
            NOT_FOUND, "Not Found",
            NO_SUCH_METHOD, "Method Not Allowed",
            HEAD_TOO_LARGE, "Request Header Fields Too Large",
            FAILED, "Internal Server Error",
            UNAVAILABLE, "Service Unavailable");

    ProbeAnswer {
        headers = Map.copyOf(headers);
    }

    static ProbeAnswer empty(int status) {
        return new ProbeAnswer(status, Map.of(), "");
    }

    static ProbeAnswer of(int status, String type, String body) {
        return new ProbeAnswer(status, Map.of("Content-Type", type), body);
    }

    /** What HTTP calls the status. */
    String reason() {
        return REASONS.getOrDefault(status, "Unknown");
    }
}
