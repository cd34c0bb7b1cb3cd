package org.bellwire.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a call is handed on. */
public enum TransferKind {
    /** At once. */
    BLIND,
    /** After a word with the one who gets it. */
    ATTENDED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<TransferKind> ofWire(String text) {
        return Arrays.stream(values()).filter(kind -> kind.wire().equals(text)).findAny();
    }
}
