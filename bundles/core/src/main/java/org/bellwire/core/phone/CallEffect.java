package org.bellwire.core.phone;

import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;

/** What an event does to the call that it speaks of; for every vendor the same. */
final class CallEffect {

    private CallEffect() {}

    /** A call begins with it. */
    static boolean begins(EventType type) {
        return type == EventType.CALL_INCOMING || type == EventType.CALL_OUTGOING;
    }

    static boolean ends(EventType type) {
        return switch (type) {
            case CALL_ENDED, CALL_MISSED, CALL_REJECTED, CALL_FORWARDED -> true;
            default -> false;
        };
    }

    static Optional<CallState> next(EventType type) {
        return switch (type) {
            case CALL_INCOMING -> Optional.of(CallState.RINGING);
            case CALL_OUTGOING -> Optional.of(CallState.DIALING);
            case CALL_CONNECTED, CALL_RESUMED, CALL_WAITING_ANSWERED -> Optional.of(CallState.CONNECTED);
            case CALL_HELD -> Optional.of(CallState.HELD);
            default -> Optional.empty();
        };
    }

    static Optional<Direction> direction(EventType type) {
        return switch (type) {
            case CALL_INCOMING, CALL_MISSED, CALL_REJECTED, CALL_FORWARDED -> Optional.of(Direction.INBOUND);
            case CALL_OUTGOING -> Optional.of(Direction.OUTBOUND);
            default -> Optional.empty();
        };
    }

    /** The number in these events is that of the call's other party, not of a third one. */
    static boolean saysPeer(EventType type) {
        return next(type).isPresent()
                || ends(type)
                || type == EventType.CALL_UPDATED
                || type == EventType.CALL_HELD_BY_PEER
                || type == EventType.CALL_RESUMED_BY_PEER
                || type == EventType.TRANSFER_RECEIVED;
    }
}
