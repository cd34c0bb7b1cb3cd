package org.bellwire.api.port;

/** How an action URL is answered. */
public enum Reply {
    /** The event is safe: acknowledged by the broker. */
    ACCEPTED(200),
    /** Right token, but no such phone: it is in the inbox now. */
    UNKNOWN_PHONE(202),
    /** The request names no event. */
    NO_EVENT(400),
    /** Wrong vendor or token; tells nothing more. */
    NOT_FOUND(404),
    /** The phone sends more than its rate. */
    TOO_MANY(429),
    /** Nothing can be promised now. */
    UNAVAILABLE(503);

    private final int status;

    Reply(int status) {
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
