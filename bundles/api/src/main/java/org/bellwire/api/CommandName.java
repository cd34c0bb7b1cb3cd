package org.bellwire.api;

import java.util.Locale;
import java.util.Optional;

/** What a phone can be told: the last level of {@code <phone>/command/<command>}. */
public enum CommandName {
    DIAL,
    ANSWER,
    HANGUP,
    REJECT,
    HOLD,
    RESUME,
    REDIAL,
    TRANSFER,
    CONFERENCE,
    DTMF,
    MUTE,
    DND,
    VOLUME,
    KEY,
    TEXT,
    FORWARD_ALWAYS,
    FORWARD_BUSY,
    FORWARD_NO_ANSWER,
    CALL_WAITING,
    OPEN,
    MISSED,
    REFRESH,
    SPEAKER,
    HEADSET,
    MESSAGES,
    REBOOT,
    PROVISION;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public String wire() {
        return wire;
    }

    /** Bellwire carries it out itself, and nothing is sent to the phone. */
    public boolean isOwn() {
        return this == MISSED;
    }

    /** Off unless the phone's {@code allow} lists it. */
    public boolean mustBeAllowed() {
        return this == REBOOT || this == PROVISION || this == OPEN;
    }

    /** A call comes about by it, to a number or to the last one: it counts for the phone's rate of calls. */
    public boolean dials() {
        return this == DIAL || this == TRANSFER || this == REDIAL;
    }

    /** Takes a number, {@code ON} or {@code OFF}. */
    public boolean forwards() {
        return this == FORWARD_ALWAYS || this == FORWARD_BUSY || this == FORWARD_NO_ANSWER;
    }

    public static Optional<CommandName> ofWire(String text) {
        for (CommandName name : values()) {
            if (name.wire.equals(text)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
