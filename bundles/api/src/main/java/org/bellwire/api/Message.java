package org.bellwire.api;

/** What goes to the broker at QoS 1, as UTF-8. An empty retained payload removes what the broker keeps. */
public record Message(Topic topic, String payload, boolean retained) {

    public static Message retained(Topic topic, String payload) {
        return new Message(topic, payload, true);
    }

    public static Message of(Topic topic, String payload) {
        return new Message(topic, payload, false);
    }

    @Override
    public String toString() {
        return topic + (retained ? " (retained)" : "");
    }
}
