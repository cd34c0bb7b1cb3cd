package org.bellwire.api;

import java.util.Locale;

/** A state of a phone: the last level of {@code <phone>/state/<property>}. */
public enum Property {
    CALL,
    CALLS,
    DIRECTION,
    PEER_NUMBER,
    PEER_NAME,
    OFF_HOOK,
    DND,
    MUTE,
    FORWARD_ALWAYS,
    FORWARD_BUSY,
    FORWARD_NO_ANSWER,
    BUSY,
    REGISTRATION,
    IP;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public String wire() {
        return wire;
    }
}
