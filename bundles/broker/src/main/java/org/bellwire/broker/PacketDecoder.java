package org.bellwire.broker;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.config.Secret;
import org.bellwire.api.runtime.LogText;
import org.bellwire.broker.MqttPacket.Ack;
import org.bellwire.broker.MqttPacket.Bare;
import org.bellwire.broker.MqttPacket.Code;
import org.bellwire.broker.MqttPacket.Connect;
import org.bellwire.broker.MqttPacket.Kind;
import org.bellwire.broker.MqttPacket.Malformed;
import org.bellwire.broker.MqttPacket.Publish;
import org.bellwire.broker.MqttPacket.Subscribe;
import org.bellwire.broker.MqttPacket.Unsubscribe;
import org.bellwire.broker.MqttPacket.Wish;

/** Decodes bytes to packets. */
final class PacketDecoder {

    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final int PUBREL = 6;
    private static final int SUBSCRIBE = 8;
    private static final int UNSUBSCRIBE = 10;
    /** A bit for each type. */
    private static final int SENT_BY_CLIENTS = 0b0101_0101_1111_1010;
    /** Length of the topic, its characters in UTF-8, packet id. */
    private static final int PUBLISH_HEAD = 2 + 3 * BrokerLimits.TOPIC_CHARACTERS + 2;

    private PacketDecoder() {}

    /**
     * The length of the packet that begins at the buffer's position, or 0 when too little has come to say. What it promises is
     * looked at as soon as it is there, so that nobody waits for a packet that is refused anyway.
     *
     * @param stranger only a CONNECT is taken
     */
    static int length(ByteBuffer in, boolean stranger) throws Malformed {
        if (!in.hasRemaining()) {
            return 0;
        }
        int header = in.get(in.position()) & 0xFF;
        if (stranger && header >> 4 != CONNECT) {
            throw new Malformed("a CONNECT comes first");
        }
        checkFlags(header);
        int length = 0;
        for (int i = 1; i <= 4; i++) {
            if (in.remaining() <= i) {
                return 0;
            }
            int digit = in.get(in.position() + i);
            length |= (digit & 0x7F) << (7 * (i - 1));
            if (digit >= 0) {
                checkLength(header >> 4, length);
                return 1 + i + length;
            }
        }
        throw new Malformed("a length of more than four bytes");
    }

    private static void checkFlags(int header) throws Malformed {
        int type = header >> 4;
        int flags = header & 0x0F;
        if ((SENT_BY_CLIENTS >> type & 1) == 0) {
            throw new Malformed("packet type " + type);
        }
        int qos = (flags >> 1) & 3;
        boolean known = type == PUBLISH
                ? qos != 3 && (qos > 0 || flags < 8)
                : flags == (type == PUBREL || type == SUBSCRIBE || type == UNSUBSCRIBE ? 2 : 0);
        if (!known) {
            throw new Malformed("flags " + flags + " of packet type " + type);
        }
    }

    private static void checkLength(int type, int length) throws Malformed {
        int most = switch (type) {
            case CONNECT -> BrokerLimits.CONNECT_BYTES;
            case PUBLISH -> PUBLISH_HEAD + BrokerLimits.PAYLOAD_BYTES;
            case SUBSCRIBE, UNSUBSCRIBE -> BrokerLimits.SUBSCRIBE_BYTES;
            case 4, 5, PUBREL, 7 -> 2;
            case 12, 14 -> 0;
            default -> throw new Malformed("packet type " + type);
        };
        if (length > most) {
            String reason = "packet type " + type + " with " + length + " bytes; at most " + most + " are taken";
            throw most > 2 ? Malformed.tooLarge(reason) : new Malformed(reason);
        }
    }

    /** Reads one whole packet, of which {@link #length} was asked before: header byte, length, and exactly the rest. */
    static MqttPacket decode(ByteBuffer packet) throws Malformed {
        int header = packet.get() & 0xFF;
        while (packet.get() < 0) {
            // the length, known already
        }
        MqttPacket decoded = decode(header, packet);
        if (packet.hasRemaining()) {
            throw new Malformed(
                    "packet type " + (header >> 4) + " with " + packet.remaining() + " bytes after its end");
        }
        return decoded;
    }

    private static MqttPacket decode(int header, ByteBuffer packet) throws Malformed {
        int type = header >> 4;
        return switch (type) {
            case CONNECT -> connect(packet);
            case PUBLISH -> publish(packet, header & 0x0F);
            case 4 -> new Ack(Kind.PUBACK, id(packet));
            case 5 -> new Ack(Kind.PUBREC, id(packet));
            case PUBREL -> new Ack(Kind.PUBREL, id(packet));
            case 7 -> new Ack(Kind.PUBCOMP, id(packet));
            case SUBSCRIBE -> subscribe(packet);
            case UNSUBSCRIBE -> unsubscribe(packet);
            case 12 -> Bare.PINGREQ;
            case 14 -> Bare.DISCONNECT;
            default -> throw new Malformed("packet type " + type);
        };
    }

    private static Connect connect(ByteBuffer in) throws Malformed {
        boolean old = isOld(in);
        int flags = octet(in);
        int keepAlive = number(in);
        String clientId = text(in);
        boolean clean = (flags & 2) != 0;
        boolean hasWill = (flags & 4) != 0;
        int willQos = (flags >> 3) & 3;
        boolean reserved = (flags & 1) != 0 && !old;
        if (reserved || willQos == 3 || (!hasWill && (flags & 0x38) != 0) || (flags & 0xC0) == 0x40) {
            throw new Malformed("flags of a CONNECT");
        }
        if (clientId.isEmpty() && (!clean || old)) {
            throw new Malformed("no client id", Code.WRONG_CLIENT_ID);
        }
        Optional<BrokerMessage> will = Optional.empty();
        if (hasWill) {
            String topic = topic(in);
            will = Optional.of(new BrokerMessage(topic, bytes(in), willQos, (flags & 0x20) != 0));
        }
        Optional<String> user = (flags & 0x80) != 0 ? Optional.of(text(in)) : Optional.empty();
        Optional<Secret> password = (flags & 0x40) != 0
                ? Optional.of(new Secret(new String(bytes(in), StandardCharsets.UTF_8)))
                : Optional.empty();
        return new Connect(clientId, old, clean, keepAlive, will, user, password);
    }

    /** Reads protocol and version: MQTT 3.1, or 3.1.1. */
    private static boolean isOld(ByteBuffer in) throws Malformed {
        String protocol = text(in);
        boolean old = protocol.equals("MQIsdp");
        if (!old && !protocol.equals("MQTT")) {
            throw new Malformed("another protocol than MQTT");
        }
        int level = octet(in);
        if (in.remaining() < 3) {
            throw new Malformed("a packet that is too short");
        }
        if (level != (old ? 3 : 4)) {
            throw new Malformed("protocol " + level + ": this broker speaks MQTT 3.1.1", Code.WRONG_VERSION);
        }
        return old;
    }

    private static Publish publish(ByteBuffer in, int flags) throws Malformed {
        int qos = (flags >> 1) & 3;
        String topic = topic(in);
        int id = qos == 0 ? 0 : id(in);
        if (in.remaining() > BrokerLimits.PAYLOAD_BYTES) {
            throw Malformed.tooLarge(
                    "a message of " + in.remaining() + " bytes to " + LogText.clean(topic, BrokerLimits.SHOWN)
                            + "; at most " + BrokerLimits.PAYLOAD_BYTES + " are taken");
        }
        byte[] payload = new byte[in.remaining()];
        in.get(payload);
        return new Publish(new BrokerMessage(topic, payload, qos, (flags & 1) != 0), id, (flags & 8) != 0);
    }

    private static Subscribe subscribe(ByteBuffer in) throws Malformed {
        int id = id(in);
        List<Wish> wishes = new ArrayList<>();
        do {
            String filter = filter(in);
            int qos = octet(in);
            if (qos > 2) {
                throw new Malformed("QoS " + qos);
            }
            wishes.add(new Wish(filter, qos));
        } while (in.hasRemaining());
        return new Subscribe(id, wishes);
    }

    private static Unsubscribe unsubscribe(ByteBuffer in) throws Malformed {
        int id = id(in);
        List<String> filters = new ArrayList<>();
        do {
            filters.add(filter(in));
        } while (in.hasRemaining());
        return new Unsubscribe(id, filters);
    }

    private static String topic(ByteBuffer in) throws Malformed {
        String topic = text(in);
        if (topic.isEmpty() || topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
            throw new Malformed("a topic that is empty or holds a wildcard");
        }
        Optional<String> excess = SubscriptionTree.excess(topic);
        if (excess.isPresent()) {
            throw Malformed.tooLarge("a topic of " + excess.get());
        }
        return topic;
    }

    /** How long and how deep it is, is asked later: too much of that refuses the one filter. */
    private static String filter(ByteBuffer in) throws Malformed {
        String filter = text(in);
        if (!SubscriptionTree.isFilter(filter)) {
            throw new Malformed("a wrong topic filter");
        }
        return filter;
    }

    private static int id(ByteBuffer in) throws Malformed {
        int id = number(in);
        if (id == 0) {
            throw new Malformed("packet id 0");
        }
        return id;
    }

    private static String text(ByteBuffer in) throws Malformed {
        byte[] bytes = bytes(in);
        boolean plain = true;
        for (byte b : bytes) {
            if (b == 0) {
                throw new Malformed("a text with a null character");
            }
            plain &= b > 0;
        }
        if (plain) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("a text that is not UTF-8");
        }
    }

    private static byte[] bytes(ByteBuffer in) throws Malformed {
        int length = number(in);
        if (in.remaining() < length) {
            throw new Malformed("a field that is longer than its packet");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static int number(ByteBuffer in) throws Malformed {
        return (octet(in) << 8) | octet(in);
    }

    private static int octet(ByteBuffer in) throws Malformed {
        if (!in.hasRemaining()) {
            throw new Malformed("a packet that is too short");
        }
        return in.get() & 0xFF;
    }
}
