package org.bellwire.api.spi;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A GET to a phone.
 *
 * @param target the request target, byte for byte as it goes over the wire; credentials never stand in it
 */
public record PhoneRequest(String target) {

    private static final String KEPT = "-._~@*";

    public PhoneRequest {
        if (!target.startsWith("/") || !target.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException("a request target begins with / and is plain ASCII without blanks");
        }
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
        return new PhoneRequest(target + (target.indexOf('?') < 0 ? '?' : '&') + name + '=' + encode(value));
    }

    /** This request with one more query parameter, if there is a value for it. */
    public PhoneRequest with(String name, Optional<String> value) {
        return value.map(present -> with(name, present)).orElse(this);
    }

    @Override
    public String toString() {
        return target;
    }
}
