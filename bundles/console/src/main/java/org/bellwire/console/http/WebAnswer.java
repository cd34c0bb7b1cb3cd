package org.bellwire.console.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** An answer. */
public final class WebAnswer {

    public static final int OK = 200;
    public static final int NO_CONTENT = 204;
    public static final int BAD_REQUEST = 400;
    public static final int UNAUTHORIZED = 401;
    public static final int FORBIDDEN = 403;
    public static final int NOT_FOUND = 404;
    public static final int METHOD_NOT_ALLOWED = 405;
    public static final int CONFLICT = 409;
    public static final int TOO_LARGE = 413;
    public static final int TOO_MANY = 429;
    public static final int UNAVAILABLE = 503;

    private static final String JSON = "application/json; charset=utf-8";

    private final int status;
    private final String type;
    private final Map<String, String> headers;
    private final byte[] body;

    public WebAnswer(int status, String type, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.type = type;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    public int status() {
        return status;
    }

    public String type() {
        return type;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** Nobody changes it. */
    public byte[] body() {
        return body;
    }

    public static WebAnswer json(String json) {
        return json(OK, json);
    }

    public static WebAnswer json(int status, String json) {
        return new WebAnswer(status, JSON, Map.of(), json.getBytes(StandardCharsets.UTF_8));
    }

    /** Says for a person what is wrong and what to change. */
    public static WebAnswer problem(int status, String text) {
        return json(status, JsonObjects.of(json -> json.name("error").value(text)));
    }

    public WebAnswer with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new WebAnswer(status, type, more, body);
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
