package org.bellwire.core.command;

import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Origin;

/**
 * A command until its result: who sent it, what, and when.
 *
 * @param since when the order came, in the nanoseconds of {@code Timing}
 */
record PendingCommand(CommandOrder order, CommandPayload.Reading reading, long since) {

    static PendingCommand of(CommandOrder order, long since) {
        return new PendingCommand(order, CommandPayload.read(order.payload()), since);
    }

    /** From the shell or another part of Bellwire, not from the broker. */
    boolean isLocal() {
        return !(order.origin() instanceof Origin.Topic);
    }
}
