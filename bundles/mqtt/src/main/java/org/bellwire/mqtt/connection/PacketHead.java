package org.bellwire.mqtt.connection;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The fixed header of an incoming MQTT packet, as far as it has arrived.
 *
 * @param bytes where it stands
 * @param at where it begins there
 * @param header how many bytes its type and its length take
 * @param remaining how many follow, as it promises
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are the reader's, and not copied for each packet
record PacketHead(byte[] bytes, int at, int header, int remaining) {

    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBREL = 6;
    static final int PUBCOMP = 7;
    static final int SUBACK = 9;
    static final int UNSUBACK = 11;
    static final int PINGREQ = 12;
    static final int PINGRESP = 13;

    /** The longest fixed header. */
    static final int MAX_HEADER = 5;

    /** A topic that is longer is none of ours. */
    static final int MAX_TOPIC = 4096;

    private static final int MAX_SUBACK = 4096;
    private static final int ACK = 2;

    /** Of all that is kept of a packet so far, whether its length can be read. */
    static boolean hasHeader(byte[] bytes, int at, int end) {
        for (int i = at + 1; i < Math.min(end, at + MAX_HEADER); i++) {
            if (bytes[i] >= 0) {
                return true;
            }
        }
        return end - at >= MAX_HEADER;
    }

    /** Reads what {@link #hasHeader} has found, and refuses what no broker sends. */
    static PacketHead read(byte[] bytes, int at) throws ProtocolException {
        int remaining = 0;
        int header = 1;
        byte digit;
        do {
            if (header == MAX_HEADER) {
                throw new ProtocolException("the broker sends a packet whose length is none");
            }
            digit = bytes[at + header];
            remaining |= (digit & 0x7F) << (7 * (header - 1));
            header++;
        } while (digit < 0);
        PacketHead packet = new PacketHead(bytes, at, header, remaining);
        packet.checkHeader();
        return packet;
    }

    private void checkHeader() throws ProtocolException {
        boolean fits = switch (type()) {
            case CONNACK, PUBACK, PUBREL, UNSUBACK -> remaining == ACK;
            case SUBACK -> remaining > ACK && remaining <= MAX_SUBACK;
            case PINGRESP -> remaining == 0;
            case PUBLISH -> qos() < 3 && remaining > 2 + idLength();
            default -> false;
        };
        if (!fits) {
            throw new ProtocolException(
                    "the broker sends what is no MQTT (type " + type() + " with " + remaining + " bytes)");
        }
    }

    /** Refuses a PUBLISH whose topic and id do not fit into it. As soon as the topic's length has come. */
    void checkTopic() throws ProtocolException {
        if (topicLength() == 0 || 2 + topicLength() + idLength() > remaining) {
            throw new ProtocolException("the broker sends a message without a topic");
        }
    }

    int type() {
        return (bytes[at] >> 4) & 0xF;
    }

    boolean isPublish() {
        return type() == PUBLISH;
    }

    int qos() {
        return (bytes[at] >> 1) & 3;
    }

    /** We have to answer it. */
    boolean isAnswered() {
        return type() == PUBREL || (isPublish() && qos() > 0);
    }

    private int idLength() {
        return qos() > 0 ? 2 : 0;
    }

    /** How many bytes it has in all. */
    long length() {
        return (long) header + remaining;
    }

    int topicLength() {
        return number(at + header);
    }

    /** How many bytes stand before the payload. */
    int beforePayload() {
        return header + 2 + topicLength() + idLength();
    }

    int id() {
        return number(isPublish() ? at + beforePayload() - 2 : at + header);
    }

    private int number(int place) {
        return ((bytes[place] & 0xFF) << 8) | (bytes[place + 1] & 0xFF);
    }

    /** The topic, for a message to the user: no control characters, and not at full length. */
    String shownTopic() {
        String topic = new String(bytes, at + header + 2, Math.min(topicLength(), 200), StandardCharsets.UTF_8);
        String clean = topic.codePoints()
                .limit(100)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return topicLength() > clean.length() && clean.length() >= 100 ? clean + "..." : clean;
    }

    /** The topic is one that Paho can read; it ends its receiver without a word for another. */
    boolean isTopicReadable() {
        int from = at + header + 2;
        if (topicLength() > MAX_TOPIC) {
            return false;
        }
        for (int i = from; i < from + topicLength(); i++) {
            if (bytes[i] < ' ' || bytes[i] == 0x7F) {
                return isClean(ByteBuffer.wrap(bytes, from, topicLength()));
            }
        }
        return true;
    }

    private static boolean isClean(ByteBuffer topic) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(topic)
                    .codePoints()
                    .noneMatch(PacketHead::isForbidden);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isForbidden(int c) {
        return Character.isISOControl(c) || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    }
}
