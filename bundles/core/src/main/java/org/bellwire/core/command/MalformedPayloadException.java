package org.bellwire.core.command;

/** The payload is not what the command takes; the message says what it would take. */
final class MalformedPayloadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    MalformedPayloadException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
