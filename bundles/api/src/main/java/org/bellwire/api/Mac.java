package org.bellwire.api;

import java.util.Locale;
import java.util.Optional;

/** A MAC address, whatever its spelling: {@code 00:1F:C1:1A:8B:6C}, {@code 001fc11a8b6c}, {@code 00-1f-…}. */
public record Mac(String digits) {

    public Mac {
        if (digits.length() != 12 || !digits.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("a MAC address is 12 hexadecimal digits, with or without : - or .");
        }
    }

    public static Optional<Mac> parse(String text) {
        if (text.length() > 23) {
            return Optional.empty();
        }
        StringBuilder digits = new StringBuilder(12);
        for (char c : text.strip().toLowerCase(Locale.ROOT).toCharArray()) {
            if ("0123456789abcdef".indexOf(c) >= 0) {
                digits.append(c);
            } else if (":-. ".indexOf(c) < 0) {
                return Optional.empty();
            }
        }
        return digits.length() == 12 ? Optional.of(new Mac(digits.toString())) : Optional.empty();
    }

    /** With colons, in lower case: {@code 00:1f:c1:1a:8b:6c}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(17);
        for (int i = 0; i < digits.length(); i += 2) {
            text.append(i == 0 ? "" : ":").append(digits, i, i + 2);
        }
        return text.toString();
    }
}
