package org.bellwire.api;

import java.util.Optional;
import java.util.regex.Pattern;

/** What may be dialled: 1 to 64 of {@code 0-9 A-Z a-z * # + . _ @ -}; nothing that a URL or a key list would read as more. */
public record DialNumber(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9A-Za-z*#+._@-]{1,64}");

    public DialNumber {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a number is 1 to 64 of 0-9 A-Z a-z * # + . _ @ -");
        }
    }

    public static Optional<DialNumber> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new DialNumber(text)) : Optional.empty();
    }

    /** For logs at info and above: all but the last two characters hidden. */
    public String masked() {
        return value.length() <= 2 ? "**" : "*".repeat(value.length() - 2) + value.substring(value.length() - 2);
    }

    @Override
    public String toString() {
        return value;
    }
}
