package org.bellwire.api;

import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a phone in topics and file names: {@code [a-z0-9][a-z0-9_-]{0,63}}, but not {@code bridge}. */
public record PhoneId(String value) implements Comparable<PhoneId> {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    public PhoneId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "a phone's id is 1 to 64 of a-z 0-9 _ -, begins with a letter or digit and is not 'bridge'");
        }
    }

    public static Optional<PhoneId> parse(String text) {
        return isValid(text) ? Optional.of(new PhoneId(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return FORM.matcher(text).matches() && !text.equals("bridge");
    }

    @Override
    public int compareTo(PhoneId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
