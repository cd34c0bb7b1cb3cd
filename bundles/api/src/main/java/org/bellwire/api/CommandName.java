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
    MISSED,
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
        return this == REBOOT || this == PROVISION;
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
