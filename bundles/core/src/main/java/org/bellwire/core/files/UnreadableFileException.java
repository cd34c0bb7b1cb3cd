package org.bellwire.core.files;

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

    public String reason() {
        return String.valueOf(getMessage());
    }

    public boolean isTooBig() {
        return tooBig;
    }
}
