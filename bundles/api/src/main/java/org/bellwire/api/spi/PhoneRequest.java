package org.bellwire.api.spi;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A request to a phone; a GET unless it says otherwise.
 *
 * @param target the request target, byte for byte as it goes over the wire; credentials never stand in it, only their
 *     {@link Credential#mark() marks}
 * @param body what a POST or PUT carries
 * @param pauseMs how long to wait before it, if not as long as between any two; 0 to {@value #MAX_PAUSE_MS}
 * @param asks what the phone answers is wanted, not only that it does
 */
public record PhoneRequest(Method method, String target, Optional<Body> body, int pauseMs, boolean asks) {

    public static final int MAX_PAUSE_MS = 5000;

    private static final String KEPT = "-._~@*";

    /** The methods that phones know. */
    public enum Method {
        GET,
        POST,
        PUT
    }

    /** A text and its media type. What comes from outside is escaped by whoever writes it. */
    public record Body(String type, String text) {
        private static final int MAX = 4096;

        public Body {
            if (text.length() > MAX || !type.matches("[\\w.+-]+/[\\w.+; =-]+")) {
                throw new IllegalArgumentException("a body has a media type and at most " + MAX + " characters");
            }
        }
    }

    public PhoneRequest {
        if (!target.startsWith("/") || !target.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException("a request target begins with / and is plain ASCII without blanks");
        }
        if (body.isPresent() && method == Method.GET) {
            throw new IllegalArgumentException("a GET has no body");
        }
        if (pauseMs < 0 || pauseMs > MAX_PAUSE_MS) {
            throw new IllegalArgumentException("a pause is 0 to " + MAX_PAUSE_MS + " ms, not " + pauseMs);
        }
    }

    /** A GET. */
    public PhoneRequest(String target) {
        this(Method.GET, target, Optional.empty(), 0, false);
    }

    /** The same target, with a body. */
    public PhoneRequest posting(String type, String text) {
        return new PhoneRequest(Method.POST, target, Optional.of(new Body(type, text)), pauseMs, asks);
    }

    /** The same target and body by another method. */
    public PhoneRequest by(Method other) {
        return new PhoneRequest(other, target, body, pauseMs, asks);
    }

    /** The same, sent so long after the answer to the one before it. */
    public PhoneRequest after(int milliseconds) {
        return new PhoneRequest(method, target, body, milliseconds, asks);
    }

    /** The same, for the sake of what the phone answers. */
    public PhoneRequest asking() {
        return new PhoneRequest(method, target, body, pauseMs, true);
    }

    /** Percent-encodes a value for a query; letters, digits and {@value #KEPT} stay. */
    public static String encode(String value) {
        StringBuilder out = new StringBuilder(value.length() + 8);
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || KEPT.indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
                out.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }

    /** This request with one more query parameter, encoded. */
    public PhoneRequest with(String name, String value) {
        return withTarget(target + (target.indexOf('?') < 0 ? '?' : '&') + name + '=' + encode(value));
    }

    /** This request with one more query parameter, if there is a value for it. */
    public PhoneRequest with(String name, Optional<String> value) {
        return value.map(present -> with(name, present)).orElse(this);
    }

    /** This request with one more query parameter, which the phone's file holds. */
    public PhoneRequest with(String name, Credential credential) {
        return withTarget(target + (target.indexOf('?') < 0 ? '?' : '&') + name + '=' + credential.mark());
    }

    /** The target has a mark of it. */
    public boolean holds(Credential credential) {
        return target.contains(credential.mark());
    }

    private PhoneRequest withTarget(String other) {
        return new PhoneRequest(method, other, body, pauseMs, asks);
    }

    /** A GET as its target, others as samples and READMEs write them: {@code POST/api/relay#{"num":1}}. */
    @Override
    public String toString() {
        return method == Method.GET
                ? target
                : method + target + body.map(b -> "#" + b.text()).orElse("");
    }
}
