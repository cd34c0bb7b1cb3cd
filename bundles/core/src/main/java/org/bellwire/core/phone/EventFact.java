package org.bellwire.core.phone;

import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.EventType;
import org.bellwire.api.port.Contacts.Contact;

/**
 * One event to publish.
 *
 * @param seq counts the events of its phone
 * @param vendorEvent in the vendor's words; empty where no report of the phone shows it
 * @param contact who the other party is
 * @param end how the call ended, for {@code call_ended} and {@code call_missed}
 * @param presumed the call has to be over, but nobody told how it ended
 */
public record EventFact(
        EventType type,
        boolean derived,
        long seq,
        String vendorEvent,
        CallInfo call,
        Optional<Contact> contact,
        Optional<CallEnd> end,
        boolean presumed) {}
