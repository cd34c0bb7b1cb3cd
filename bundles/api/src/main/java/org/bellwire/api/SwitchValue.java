package org.bellwire.api;

import java.util.Arrays;
import java.util.Optional;

/** What a state that is on or off says, and what a switch is told. On the wire it is the name in capitals. */
public enum SwitchValue {
    ON,
    OFF,
    /** To the other one of both; never a state. */
    TOGGLE;

    public static SwitchValue of(boolean on) {
        return on ? ON : OFF;
    }

    public String wire() {
        return name();
    }

    /** In small letters, too, as vendors' own tables may have it. */
    public static Optional<SwitchValue> ofWire(String text) {
        return Arrays.stream(values())
                .filter(value -> value.wire().equalsIgnoreCase(text))
                .findAny();
    }
}
