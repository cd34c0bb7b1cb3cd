package org.bellwire.maintenance;

/** Why nothing is done, in words for the user. */
final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean wrongUsage;

    private Refused(String message, boolean wrongUsage) {
        super(message);
        this.wrongUsage = wrongUsage;
    }

    static Refused because(String reason) {
        return new Refused(reason, false);
    }

    static Refused usage(String reason) {
        return new Refused(reason, true);
    }

    boolean isWrongUsage() {
        return wrongUsage;
    }
}
