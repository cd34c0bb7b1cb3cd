package org.bellwire.api;

import java.util.Locale;

/**
 * A state of a phone: the last level of {@code <phone>/state/<property>}. The order is that of publication: who calls comes before
 * {@code call}, so that a rule that fires on {@code call = ringing} reads the right caller.
 */
public enum Property {
    DIRECTION,
    LOCAL,
    PEER_NUMBER,
    PEER_NAME,
    PEER_TAGS,
    CALLS,
    BUSY,
    OFF_HOOK,
    DND,
    MUTE,
    FORWARD_ALWAYS,
    FORWARD_BUSY,
    FORWARD_NO_ANSWER,
    FORWARD,
    CALL_WAITING,
    BATTERY_LOW,
    DOOR,
    MISSED,
    REGISTRATION,
    IP,
    CALL;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public String wire() {
        return wire;
    }
}
