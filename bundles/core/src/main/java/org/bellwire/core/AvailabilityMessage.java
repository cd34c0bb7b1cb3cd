package org.bellwire.core;

import org.bellwire.api.Message;

/** What {@code <phone>/availability} says of a phone. */
final class AvailabilityMessage {

    private AvailabilityMessage() {}

    static Message of(Phone phone) {
        boolean online = phone.memory().availability().isOnline();
        return Message.retained(Topics.availability(phone), online ? "online" : "offline");
    }
}
