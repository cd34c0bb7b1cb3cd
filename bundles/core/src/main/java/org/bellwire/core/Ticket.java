package org.bellwire.core;

import java.util.Optional;
import org.bellwire.api.port.CommandOrder;

/**
 * Who asked, under which id, and when.
 *
 * @param id what the sender wants to find in the results
 * @param since when the order came, in the nanoseconds of {@link Timing}
 */
record Ticket(CommandOrder order, Optional<String> id, long since) {

    /** From the shell or another part of Bellwire, not from the broker. */
    boolean isLocal() {
        return !order.origin().contains("/");
    }
}
