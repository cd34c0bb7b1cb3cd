package org.bellwire.simulator;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Misbehaviour that real phones show now and then. */
public enum Quirk {
    /** Every second request with the right password is answered 401 and not carried out. */
    STRAY_401,
    /** A wrong password is answered with a login page and status 200. */
    LOGIN_PAGE,
    /** Takes every request, carries out none and never answers. */
    NEVER_ANSWERS,
    /** Asks for Digest, and takes no Basic. */
    DIGEST,
    /** Answers 403 to everybody: its list of allowed addresses is empty, or somebody said no on its screen. */
    NOT_ALLOWED,
    /** After three wrong passwords in a row it answers 423 for a minute, also to the right one. */
    LOCKS_OUT,
    /** Answers 200, says in the body that it did not do it, and did not. */
    REFUSES_IN_200,
    /** A request within a second of the one before is answered 503 and not carried out. */
    ONE_A_SECOND;

    /** As a file names it: {@code stray-401}. */
    static Optional<Quirk> ofWire(String text) {
        for (Quirk quirk : values()) {
            if (quirk.wire().equals(text.toLowerCase(Locale.ROOT))) {
                return Optional.of(quirk);
            }
        }
        return Optional.empty();
    }

    /** All of them, as a file names them. */
    static String all() {
        return Stream.of(values()).map(Quirk::wire).collect(Collectors.joining(", "));
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
