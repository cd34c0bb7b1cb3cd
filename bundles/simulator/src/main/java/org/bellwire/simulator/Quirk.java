package org.bellwire.simulator;

import java.util.Locale;
import java.util.Optional;

/** Misbehaviour that real phones show now and then. */
public enum Quirk {
    /** Every second request with the right password is answered 401 and not carried out. */
    STRAY_401,
    /** A wrong password is answered with a login page and status 200. */
    LOGIN_PAGE,
    /** Takes every request, carries out none and never answers. */
    NEVER_ANSWERS;

    /** As a file names it: {@code stray-401}. */
    static Optional<Quirk> ofWire(String text) {
        for (Quirk quirk : values()) {
            if (quirk.wire().equals(text.toLowerCase(Locale.ROOT))) {
                return Optional.of(quirk);
            }
        }
        return Optional.empty();
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
