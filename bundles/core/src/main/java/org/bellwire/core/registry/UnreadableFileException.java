package org.bellwire.core.registry;

/** A file cannot be taken as it is: the message says why and what to change. */
public final class UnreadableFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean tooBig;

    public UnreadableFileException(String reason) {
        this(reason, false);
    }

    /** @param tooBig a bound was reached */
    UnreadableFileException(String reason, boolean tooBig) {
        super(reason);
        this.tooBig = tooBig;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    boolean isTooBig() {
        return tooBig;
    }
}
