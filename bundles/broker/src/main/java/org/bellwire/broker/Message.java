package org.bellwire.broker;

/** What is published: the payload is shared by all who get it, and never changed. */
final class Message {

    private final String topic;
    private final byte[] payload;
    private final int qos;
    private final boolean retain;

    Message(String topic, byte[] payload, int qos, boolean retain) {
        this.topic = topic;
        this.payload = payload;
        this.qos = qos;
        this.retain = retain;
    }

    String topic() {
        return topic;
    }

    /** Not a copy: must not be changed. */
    byte[] payload() {
        return payload;
    }

    int qos() {
        return qos;
    }

    boolean retain() {
        return retain;
    }

    /** The same for a subscriber: no better than was asked for, and retained only if it was there before. */
    Message as(int granted, boolean retained) {
        int lower = Math.min(qos, granted);
        return lower == qos && retained == retain ? this : new Message(topic, payload, lower, retained);
    }
}
