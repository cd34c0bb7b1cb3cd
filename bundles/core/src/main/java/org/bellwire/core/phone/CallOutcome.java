package org.bellwire.core.phone;

import java.util.Locale;

/** How a call ended, as far as it is known when it ends. */
public enum CallOutcome {
    ANSWERED,
    /** It came in, and nobody took it. */
    MISSED,
    REJECTED,
    FORWARDED,
    /** It went out, and was given up before anybody took it. */
    CANCELLED,
    UNKNOWN;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
