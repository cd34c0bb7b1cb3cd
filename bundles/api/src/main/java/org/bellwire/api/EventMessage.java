package org.bellwire.api;

import java.time.Instant;

/**
 * An event on its way to the broker: to {@code <phone>/event/<event>}, or, once it is too old to act on, to
 * {@code <phone>/late/<event>}.
 *
 * @param payload the JSON, with {@code "late":false} before anything that the phone or a caller chose
 * @param time when the phone reported it
 */
public record EventMessage(PhoneId phone, EventType type, String payload, Instant time) {

    private static final String ON_TIME = "\"late\":false";

    public EventMessage {
        if (!payload.contains(ON_TIME)) {
            throw new IllegalArgumentException("an event's JSON says " + ON_TIME);
        }
    }

    /** For rules to act on. */
    public Message onTime() {
        return Message.of(Topic.of(phone.value(), "event", type.wire()), payload);
    }

    /** For history. */
    public Message late() {
        int at = payload.indexOf(ON_TIME);
        String late = payload.substring(0, at) + "\"late\":true" + payload.substring(at + ON_TIME.length());
        return Message.of(Topic.of(phone.value(), "late", type.wire()), late);
    }
}
