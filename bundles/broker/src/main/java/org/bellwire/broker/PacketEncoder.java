package org.bellwire.broker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bellwire.broker.MqttPacket.Ack;
import org.bellwire.broker.MqttPacket.Bare;
import org.bellwire.broker.MqttPacket.ConnAck;
import org.bellwire.broker.MqttPacket.Publish;
import org.bellwire.broker.MqttPacket.SubAck;

/** Encodes the packets that a broker sends. */
final class PacketEncoder {

    private PacketEncoder() {}

    static ByteBuffer encode(MqttPacket packet) {
        if (packet instanceof Publish publish) {
            return publish(publish);
        }
        if (packet instanceof Ack ack) {
            return ByteBuffer.allocate(4)
                    .put((byte) ack.kind().header())
                    .put((byte) 2)
                    .putShort((short) ack.id())
                    .flip();
        }
        if (packet instanceof ConnAck ack) {
            return ByteBuffer.allocate(4)
                    .put((byte) 0x20)
                    .put((byte) 2)
                    .put((byte) (ack.sessionPresent() ? 1 : 0))
                    .put((byte) ack.code().wire())
                    .flip();
        }
        if (packet instanceof SubAck ack) {
            return subAck(ack);
        }
        if (packet == Bare.PINGRESP) {
            return ByteBuffer.allocate(2).put((byte) 0xD0).put((byte) 0).flip();
        }
        throw new IllegalArgumentException("a broker never sends " + packet);
    }

    private static ByteBuffer publish(Publish publish) {
        byte[] payload = publish.message().payload();
        return head(publish, payload.length).put(payload).flip();
    }

    /** All of a message but its payload, which has to follow. */
    static ByteBuffer head(Publish publish) {
        return head(publish, 0).flip();
    }

    private static ByteBuffer head(Publish publish, int room) {
        BrokerMessage message = publish.message();
        byte[] topic = message.topic().getBytes(StandardCharsets.UTF_8);
        int head = 2 + topic.length + (message.qos() > 0 ? 2 : 0);
        ByteBuffer out = ByteBuffer.allocate(5 + head + room);
        out.put((byte) (0x30 | (publish.again() ? 8 : 0) | (message.qos() << 1) | (message.retain() ? 1 : 0)));
        putLength(out, head + message.payload().length);
        out.putShort((short) topic.length).put(topic);
        if (message.qos() > 0) {
            out.putShort((short) publish.id());
        }
        return out;
    }

    private static ByteBuffer subAck(SubAck ack) {
        int length = 2 + ack.granted().size();
        ByteBuffer out = ByteBuffer.allocate(5 + length).put((byte) 0x90);
        putLength(out, length);
        out.putShort((short) ack.id());
        ack.granted().forEach(qos -> out.put(qos.byteValue()));
        return out.flip();
    }

    private static void putLength(ByteBuffer out, int length) {
        int rest = length;
        while (rest > 0x7F) {
            out.put((byte) ((rest & 0x7F) | 0x80));
            rest >>= 7;
        }
        out.put((byte) rest);
    }
}
