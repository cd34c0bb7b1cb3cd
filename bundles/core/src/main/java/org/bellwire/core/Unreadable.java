package org.bellwire.core;

/** A file cannot be taken as it is: the message says why and what to change. */
final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean tooBig;

    Unreadable(String reason) {
        this(reason, false);
    }

    /** @param tooBig a bound was reached */
    Unreadable(String reason, boolean tooBig) {
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
