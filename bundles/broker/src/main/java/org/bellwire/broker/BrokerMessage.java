package org.bellwire.broker;

/** A published message. Its content is shared by all who get it and never changes. */
final class BrokerMessage {

    /** What Java takes for a message beside topic and payload. */
    private static final int OVERHEAD = 120;

    private final Content content;
    private final int qos;
    private final boolean retain;

    private static final class Content {
        private final String topic;
        private final byte[] payload;
        private int holders;

        Content(String topic, byte[] payload) {
            this.topic = topic;
            this.payload = payload;
        }
    }

    BrokerMessage(String topic, byte[] payload, int qos, boolean retain) {
        this(new Content(topic, payload), qos, retain);
    }

    private BrokerMessage(Content content, int qos, boolean retain) {
        this.content = content;
        this.qos = qos;
        this.retain = retain;
    }

    String topic() {
        return content.topic;
    }

    /** Not a copy: must not be changed. */
    byte[] payload() {
        return content.payload;
    }

    int qos() {
        return qos;
    }

    boolean retain() {
        return retain;
    }

    /** The same for a subscriber: no better than was asked for, and retained only if it was there before. */
    BrokerMessage as(int granted, boolean retained) {
        int lower = Math.min(qos, granted);
        return lower == qos && retained == retain ? this : new BrokerMessage(content, lower, retained);
    }

    /** What it takes of the memory. */
    long bytes() {
        return (long) OVERHEAD + content.topic.length() + content.payload.length;
    }

    /** One more needs the content; whether it is the first. */
    boolean hold() {
        return content.holders++ == 0;
    }

    /** One less needs the content; whether it was the last. */
    boolean release() {
        return --content.holders == 0;
    }
}
