package org.bellwire.broker;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Packets as bytes, also such as no library would send. */
final class PacketBytes {

    private PacketBytes() {}

    /** Bytes written as {@code 30 05 'a/b' 00}: hexadecimal numbers, and text in quotes. */
    static byte[] bytes(String written) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String part : written.split(" ")) {
            if (part.startsWith("'")) {
                out.writeBytes(part.substring(1, part.length() - 1).getBytes(StandardCharsets.UTF_8));
            } else if (!part.isEmpty()) {
                out.write(Integer.parseInt(part, 16));
            }
        }
        return out.toByteArray();
    }

    /** A packet with this first byte, its length, and the parts: numbers of two bytes, texts, bytes. */
    static byte[] packet(int header, Object... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof Integer number) {
                body.writeBytes(
                        ByteBuffer.allocate(2).putShort(number.shortValue()).array());
            } else if (part instanceof String text) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                body.writeBytes(
                        ByteBuffer.allocate(2).putShort((short) bytes.length).array());
                body.writeBytes(bytes);
            } else {
                body.writeBytes((byte[]) part);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(header);
        out.writeBytes(length(body.size()));
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }

    static byte[] length(int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = length;
        do {
            out.write(rest > 0x7F ? (rest & 0x7F) | 0x80 : rest);
            rest >>= 7;
        } while (rest > 0);
        return out.toByteArray();
    }

    static byte[] connect(String clientId) {
        return connect(clientId, 2, 0);
    }

    /**
     * A CONNECT.
     *
     * @param flags 2: a clean session
     */
    static byte[] connect(String clientId, int flags, int keepAliveS) {
        return packet(0x10, "MQTT", new byte[] {4, (byte) flags}, keepAliveS, clientId);
    }

    static byte[] subscribe(String filter, int qos) {
        return packet(0x82, 1, filter, new byte[] {(byte) qos});
    }

    static byte[] publish(String topic, byte[] payload) {
        return packet(0x30, topic, payload);
    }

    /** At QoS 1 or 2. */
    static byte[] publish(String topic, int qos, int id, byte[] payload) {
        return packet(0x30 | qos << 1, topic, id, payload);
    }
}
