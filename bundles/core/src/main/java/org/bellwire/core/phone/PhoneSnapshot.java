package org.bellwire.core.phone;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;

/**
 * What is known of a phone at one moment, as far as a restart must not take it away.
 *
 * @param states but for those that the calls tell
 * @param mac the one that the phone reported
 * @param seq of its last event. A restart begins anew; another gateway that goes on for it does not, nor with the next two
 * @param online it is there
 * @param offset of the last report in it, where reports come by a log
 */
public record PhoneSnapshot(
        Map<Property, String> states,
        CallModel.Snapshot calls,
        Optional<String> model,
        Optional<String> firmware,
        Optional<String> mac,
        Optional<EventType> lastEvent,
        Optional<Instant> lastEventTime,
        long seq,
        boolean online,
        long offset) {

    public static final long NO_OFFSET = -1;

    /** Nothing was heard of the phone yet. */
    public static final PhoneSnapshot NOTHING = new PhoneSnapshot(
            Map.of(),
            CallModel.Snapshot.NOTHING,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            false,
            NO_OFFSET);
}
