package org.bellwire.api;

import java.util.Locale;

/** How a command went. */
public enum Status {
    /** The phone answered success; phones say so even when they ignore a request. */
    ACCEPTED,
    /** The event that proves it came within 5 s. */
    CONFIRMED,
    /** The event that would prove it did not come within 5 s. */
    UNCONFIRMED,
    /** Not sent: bad payload, not allowed, wrong state, expired, busy, rate, unknown phone. */
    REFUSED,
    /** This vendor has no such command; nothing was sent. */
    UNSUPPORTED,
    /** The phone answered 401, 403 or its login page. */
    UNAUTHORIZED,
    /** The phone answered another error. */
    FAILED,
    /** No answer in time. */
    UNREACHABLE;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
