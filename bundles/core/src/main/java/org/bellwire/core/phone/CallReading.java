package org.bellwire.core.phone;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.EventType;
import org.bellwire.api.spi.EventTable;

/**
 * An event after the calls have taken it in: its meaning, its call, and what else it tells.
 *
 * @param end how the call ended, if it did
 * @param again it says once more how the call ended
 * @param missed the call was missed, which no event of the vendor says
 * @param forgotten other calls, of which it shows that they are over
 */
record CallReading(
        EventType type,
        boolean derived,
        CallInfo call,
        Optional<CallEnd> end,
        boolean again,
        boolean missed,
        List<Call> forgotten) {

    /** An event that ends no call. */
    static CallReading of(EventType type, CallInfo call, List<Call> forgotten) {
        return new CallReading(type, false, call, Optional.empty(), false, false, forgotten);
    }

    /** What is to be told: nothing, where that a call was missed was concluded before the phone said so. */
    List<EventType> events(EventTable table) {
        boolean told = again && type == EventType.CALL_MISSED && table.derives(type);
        return told ? List.of() : missed ? List.of(type, EventType.CALL_MISSED) : List.of(type);
    }
}
