package org.bellwire.core;

import org.bellwire.api.port.CommandOrder;

/**
 * Who asked for what, and when.
 *
 * @param since when the order came, in the nanoseconds of {@link Timing}
 */
record Ticket(CommandOrder order, CommandPayload.Reading reading, long since) {

    static Ticket of(CommandOrder order, long since) {
        return new Ticket(order, CommandPayload.read(order.payload()), since);
    }

    /** From the shell or another part of Bellwire, not from the broker. */
    boolean isLocal() {
        return !order.origin().contains("/");
    }
}
