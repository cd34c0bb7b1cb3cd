package org.bellwire.core.phone;

import static org.bellwire.core.phone.CallOutcome.ANSWERED;
import static org.bellwire.core.phone.CallOutcome.CANCELLED;
import static org.bellwire.core.phone.CallOutcome.FORWARDED;
import static org.bellwire.core.phone.CallOutcome.MISSED;
import static org.bellwire.core.phone.CallOutcome.REJECTED;
import static org.bellwire.core.phone.CallOutcome.UNKNOWN;

import java.util.Optional;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.core.common.Moment;

/** How calls ended, by what events say and what is known of the calls. */
final class CallEnds {

    private CallEnds() {}

    /** What an event that ends a call says of it. */
    static Optional<CallOutcome> said(EventType type) {
        return switch (type) {
            case CALL_MISSED -> Optional.of(MISSED);
            case CALL_REJECTED -> Optional.of(REJECTED);
            case CALL_FORWARDED -> Optional.of(FORWARDED);
            default -> Optional.empty();
        };
    }

    /** Nobody reported it. */
    static CallEnd presumed(Call call, Moment now) {
        return new CallEnd(UNKNOWN, seconds(call, now), false);
    }

    /**
     * An event that ends a call.
     *
     * @param call as it was before; empty: nobody heard of it
     * @param way of the call, as far as the event or the call tells
     * @param answered what the event says of it
     */
    static CallEnd of(
            EventType type, Optional<Call> call, Optional<Direction> way, Optional<Boolean> answered, Moment now) {
        Optional<CallOutcome> said = said(type);
        Optional<CallEnd> before = call.flatMap(Call::end);
        if (before.isPresent()) {
            CallEnd end = before.get();
            return new CallEnd(said.orElse(end.outcome()), end.seconds(), said.isPresent() || end.told());
        }
        boolean talked = answered.orElse(call.filter(Call::connected).isPresent());
        boolean heard = call.isPresent() || answered.isPresent();
        CallOutcome concluded = talked ? ANSWERED : heard ? unanswered(way) : UNKNOWN;
        Optional<Long> seconds = call.filter(one -> talked).flatMap(one -> seconds(one, now));
        return new CallEnd(said.orElse(concluded), seconds, said.isPresent());
    }

    private static CallOutcome unanswered(Optional<Direction> way) {
        return way.map(one -> one == Direction.INBOUND ? MISSED : CANCELLED).orElse(UNKNOWN);
    }

    private static Optional<Long> seconds(Call call, Moment now) {
        return call.connectedAt().map(at -> Math.max(0, at.until(now).toSeconds()));
    }
}
