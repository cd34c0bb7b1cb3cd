package org.bellwire.api;

import java.util.Locale;

/** Who called: from the phone's point of view. */
public enum Direction {
    INBOUND,
    OUTBOUND;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
