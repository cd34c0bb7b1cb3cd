package org.bellwire.core.publish;

import org.bellwire.api.Message;
import org.bellwire.core.phone.Phone;

/** What {@code <phone>/availability} says of a phone. */
final class AvailabilityMessage {

    private AvailabilityMessage() {}

    static Message of(Phone phone) {
        boolean online = phone.session().availability().isOnline();
        return Message.retained(Topics.availability(phone), online ? "online" : "offline");
    }
}
