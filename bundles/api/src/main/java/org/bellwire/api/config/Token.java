package org.bellwire.api.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** The form of a token: part of a URL, and too long to be guessed. */
public final class Token {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~-]{22,128}");

    private Token() {}

    /** Empty if the text is none: 22 to 128 of A-Z a-z 0-9 . _ ~ - */
    public static Optional<Secret> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
    }
}
