package org.bellwire.api;

import java.time.Instant;

/**
 * An event on its way to the broker: to {@code <phone>/event/<event>}, or, once it is too old to act on, to
 * {@code <phone>/late/<event>}.
 *
 * @param payload the JSON, with {@code "late":false} before anything that the phone or a caller chose
 * @param time when the phone reported it
 * @param root that of the phone's site, as a {@link Topic} has it
 */
public record EventMessage(PhoneId phone, EventType type, String payload, Instant time, String root) {

    private static final String ON_TIME = "\"late\":false";

    public EventMessage {
        if (!payload.contains(ON_TIME)) {
            throw new IllegalArgumentException("an event's JSON says " + ON_TIME);
        }
    }

    /** Below the gateway's own root. */
    public EventMessage(PhoneId phone, EventType type, String payload, Instant time) {
        this(phone, type, payload, time, "");
    }

    /** For rules to act on. */
    public Message onTime() {
        return Message.of(topic("event"), payload);
    }

    /** For history. */
    public Message late() {
        int at = payload.indexOf(ON_TIME);
        String late = payload.substring(0, at) + "\"late\":true" + payload.substring(at + ON_TIME.length());
        return Message.of(topic("late"), late);
    }

    private Topic topic(String kind) {
        return Topic.of(phone.value(), kind, type.wire()).below(root);
    }
}
