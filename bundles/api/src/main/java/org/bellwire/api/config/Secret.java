package org.bellwire.api.config;

/** A password or token. It shows itself to nobody who does not ask by name, so that it reaches no log by accident. */
public record Secret(String reveal) {

    @Override
    public String toString() {
        return "***";
    }
}
