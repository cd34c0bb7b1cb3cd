package org.bellwire.core.phone;

import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.EventType;
import org.bellwire.api.port.Contacts;
import org.bellwire.api.port.Contacts.Contact;
import org.bellwire.core.common.Moment;

/** The facts of one phone: each has the next number, and the name that the contacts have for the other party. */
final class FactSequence {

    private Contacts contacts = number -> Optional.empty();
    private long last;

    void lookUpIn(Contacts book) {
        contacts = book;
    }

    Contacts contacts() {
        return contacts;
    }

    long last() {
        return last;
    }

    /** As another gateway counted. */
    void goOnAfter(long seq) {
        last = seq;
    }

    EventFact next(EventType type, boolean derived, String vendorEvent, CallInfo call, Optional<CallEnd> end) {
        return next(type, derived, vendorEvent, call, end, false);
    }

    /** The end of a call that nobody told of. */
    EventFact presumedEnd(Call call, String vendorEvent, Moment now) {
        Optional<CallEnd> end = Optional.of(CallEnds.presumed(call, now));
        return next(EventType.CALL_ENDED, true, vendorEvent, call.info(Optional.empty()), end, true);
    }

    private EventFact next(
            EventType type,
            boolean derived,
            String vendorEvent,
            CallInfo call,
            Optional<CallEnd> end,
            boolean presumed) {
        Optional<Contact> contact = call.number().flatMap(contacts::find);
        CallInfo named = contact.map(who -> call.named(who.name())).orElse(call);
        return new EventFact(type, derived, ++last, vendorEvent, named, contact, end, presumed);
    }
}
