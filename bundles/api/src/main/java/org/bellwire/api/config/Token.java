package org.bellwire.api.config;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** The form of a token: part of a URL, and too long to be guessed. */
public final class Token {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~-]{22,128}");

    private static final int RANDOM_BYTES = 18;

    private Token() {}

    /** A new one: 24 characters, 144 bits of them random. */
    public static Secret random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Empty if the text is none: 22 to 128 of A-Z a-z 0-9 . _ ~ - */
    public static Optional<Secret> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
    }
}
