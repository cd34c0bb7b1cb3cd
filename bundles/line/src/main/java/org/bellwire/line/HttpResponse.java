package org.bellwire.line;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A phone's answer.
 *
 * @param offers the values of {@code WWW-Authenticate}
 * @param page how the body begins
 */
record HttpResponse(int status, Optional<String> location, List<String> offers, String page) {

    HttpResponse {
        offers = List.copyOf(offers);
    }

    /** Reads what it offers. */
    Challenges challenges() {
        return Challenges.of(offers);
    }

    /** The page, which phones write in UTF-8. */
    String text() {
        return new String(page.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }

    boolean isRedirect() {
        return status / 100 == 3;
    }
}
