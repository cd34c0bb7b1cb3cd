package org.bellwire.api;

import java.util.Locale;

/** Where a call stands. {@link #IDLE} is a phone without a call. The order is that in which one call speaks for the phone. */
public enum CallState {
    CONNECTED,
    DIALING,
    RINGING,
    HELD,
    IDLE;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
