package org.bellwire.broker;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bellwire.broker.Packet.Ack;
import org.bellwire.broker.Packet.Bare;
import org.bellwire.broker.Packet.Code;
import org.bellwire.broker.Packet.Connect;
import org.bellwire.broker.Packet.Kind;
import org.bellwire.broker.Packet.Malformed;
import org.bellwire.broker.Packet.Publish;
import org.bellwire.broker.Packet.Subscribe;
import org.bellwire.broker.Packet.Unsubscribe;
import org.bellwire.broker.Packet.Wish;

/** Bytes to packets. */
final class Decoder {

    /** No packet may be longer. */
    static final int MAX_BYTES = 1 << 20;
    /** No topic and no filter may be longer: each level costs. */
    private static final int MAX_TOPIC = 4096;

    private Decoder() {}

    /**
     * The length of the packet that begins at the buffer's position, or 0 when too little has come to say.
     *
     * @throws Malformed if it is longer than {@link #MAX_BYTES}
     */
    static int length(ByteBuffer in) throws Malformed {
        int length = 0;
        for (int i = 1; i <= 4; i++) {
            if (in.remaining() <= i) {
                return 0;
            }
            int digit = in.get(in.position() + i);
            length |= (digit & 0x7F) << (7 * (i - 1));
            if (digit >= 0) {
                if (length > MAX_BYTES) {
                    throw new Malformed("a packet of " + length + " bytes; at most " + MAX_BYTES + " are taken");
                }
                return 1 + i + length;
            }
        }
        throw new Malformed("a length of more than four bytes");
    }

    /** Reads one whole packet: header byte, length, and exactly the rest. */
    static Packet decode(ByteBuffer packet) throws Malformed {
        int header = packet.get() & 0xFF;
        while (packet.get() < 0) {
            // the length, known already
        }
        int type = header >> 4;
        int flags = header & 0x0F;
        if (type != 3 && flags != (type == 6 || type == 8 || type == 10 ? 2 : 0)) {
            throw new Malformed("flags " + flags + " of packet type " + type);
        }
        return switch (type) {
            case 1 -> connect(packet);
            case 3 -> publish(packet, flags);
            case 4 -> new Ack(Kind.PUBACK, id(packet));
            case 5 -> new Ack(Kind.PUBREC, id(packet));
            case 6 -> new Ack(Kind.PUBREL, id(packet));
            case 7 -> new Ack(Kind.PUBCOMP, id(packet));
            case 8 -> subscribe(packet);
            case 10 -> unsubscribe(packet);
            case 12 -> Bare.PINGREQ;
            case 14 -> Bare.DISCONNECT;
            default -> throw new Malformed("packet type " + type);
        };
    }

    private static Connect connect(ByteBuffer in) throws Malformed {
        String protocol = text(in);
        int level = octet(in);
        if (!((protocol.equals("MQTT") && level == 4) || (protocol.equals("MQIsdp") && level == 3))) {
            throw new Malformed(
                    "protocol " + level + ": this broker speaks MQTT 3.1.1", Optional.of(Code.WRONG_VERSION));
        }
        int flags = octet(in);
        int keepAlive = number(in);
        String clientId = text(in);
        boolean clean = (flags & 2) != 0;
        boolean hasWill = (flags & 4) != 0;
        int willQos = (flags >> 3) & 3;
        if ((flags & 1) != 0 || willQos == 3 || (!hasWill && (flags & 0x38) != 0) || (flags & 0xC0) == 0x40) {
            throw new Malformed("flags of a CONNECT");
        }
        if (clientId.isEmpty() && !clean) {
            throw new Malformed("no client id for a stored session", Optional.of(Code.WRONG_CLIENT_ID));
        }
        Optional<Message> will = Optional.empty();
        if (hasWill) {
            String topic = topic(in);
            will = Optional.of(new Message(topic, bytes(in), willQos, (flags & 0x20) != 0));
        }
        Optional<String> user = (flags & 0x80) != 0 ? Optional.of(text(in)) : Optional.empty();
        Optional<String> password =
                (flags & 0x40) != 0 ? Optional.of(new String(bytes(in), StandardCharsets.UTF_8)) : Optional.empty();
        return new Connect(clientId, clean, keepAlive, will, user, password);
    }

    private static Publish publish(ByteBuffer in, int flags) throws Malformed {
        int qos = (flags >> 1) & 3;
        if (qos == 3) {
            throw new Malformed("QoS 3");
        }
        String topic = topic(in);
        int id = qos == 0 ? 0 : id(in);
        byte[] payload = new byte[in.remaining()];
        in.get(payload);
        return new Publish(new Message(topic, payload, qos, (flags & 1) != 0), id, (flags & 8) != 0);
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
        if (topic.isEmpty() || topic.length() > MAX_TOPIC || topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
            throw new Malformed("a topic that is empty, too long or holds a wildcard");
        }
        return topic;
    }

    private static String filter(ByteBuffer in) throws Malformed {
        String filter = text(in);
        if (filter.length() > MAX_TOPIC || !Topics.isFilter(filter)) {
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
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(in)))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new Malformed("a text with a null character");
            }
            return text;
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
