package org.bellwire.line;

import java.util.List;
import java.util.Optional;

/**
 * What a phone answered.
 *
 * @param challenges the values of {@code WWW-Authenticate}
 * @param page how the body begins
 */
record Heard(int status, Optional<String> location, List<String> challenges, String page) {

    Heard {
        challenges = List.copyOf(challenges);
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }

    boolean isRedirect() {
        return status / 100 == 3;
    }
}
