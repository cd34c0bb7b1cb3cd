package org.bellwire.core.phone;

import java.util.Optional;

/**
 * The end of a call.
 *
 * @param seconds since it was connected; empty if it never was, as far as is known
 * @param told an event has said so; otherwise it is concluded from what is known of the call
 */
public record CallEnd(CallOutcome outcome, Optional<Long> seconds, boolean told) {

    /** The same, where it is known to be a missed call. */
    CallEnd missed() {
        return new CallEnd(CallOutcome.MISSED, seconds, true);
    }
}
