package org.bellwire.api;

import java.util.Optional;

/** How a phone is spoken to. */
public enum Scheme {
    HTTP("http", 80),
    HTTPS("https", 443);

    private final String wire;
    private final int port;

    Scheme(String wire, int port) {
        this.wire = wire;
        this.port = port;
    }

    /** As URLs and files write it. */
    public String wire() {
        return wire;
    }

    /** The usual one. */
    public int port() {
        return port;
    }

    public static Optional<Scheme> ofWire(String text) {
        return text.equals(HTTP.wire)
                ? Optional.of(HTTP)
                : text.equals(HTTPS.wire) ? Optional.of(HTTPS) : Optional.empty();
    }
}
