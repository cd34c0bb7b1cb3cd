package org.bellwire.broker;

import java.util.List;
import java.util.Optional;
import org.bellwire.api.config.Secret;

/** The control packets of MQTT 3.1.1 that a broker sends or gets. */
sealed interface MqttPacket {

    /**
     * The first packet of a client.
     *
     * @param old it speaks MQTT 3.1
     */
    record Connect(
            String clientId,
            boolean old,
            boolean clean,
            int keepAliveS,
            Optional<BrokerMessage> will,
            Optional<String> user,
            Optional<Secret> password)
            implements MqttPacket {}

    record ConnAck(boolean sessionPresent, Code code) implements MqttPacket {}

    /**
     * A message on its way.
     *
     * @param id 0 at QoS 0
     * @param again it may have arrived before
     */
    record Publish(BrokerMessage message, int id, boolean again) implements MqttPacket {}

    record Ack(Kind kind, int id) implements MqttPacket {}

    record Subscribe(int id, List<Wish> wishes) implements MqttPacket {}

    /** Answers a SUBSCRIBE with the QoS for each wish. */
    record SubAck(int id, List<Integer> granted) implements MqttPacket {

        /** Instead of a QoS: the wish is not granted. */
        static final int REFUSED = 0x80;
    }

    record Unsubscribe(int id, List<String> filters) implements MqttPacket {}

    record Wish(String filter, int qos) {}

    /** Packets that are nothing but their type. */
    enum Bare implements MqttPacket {
        PINGREQ,
        PINGRESP,
        DISCONNECT
    }

    /** Packets that are nothing but an id. */
    enum Kind {
        PUBACK(0x40),
        PUBREC(0x50),
        PUBREL(0x62),
        PUBCOMP(0x70),
        UNSUBACK(0xB0);

        private final int header;

        Kind(int header) {
            this.header = header;
        }

        int header() {
            return header;
        }
    }

    /** Answers to a CONNECT. */
    enum Code {
        ACCEPTED(0),
        WRONG_VERSION(1),
        WRONG_CLIENT_ID(2),
        FULL(3),
        WRONG_PASSWORD(4);

        private final int wire;

        Code(int wire) {
            this.wire = wire;
        }

        int wire() {
            return wire;
        }
    }

    /** The peer breaks the protocol, or asks for too much: its connection ends. */
    final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient ClientLog.Kind kind;
        private final transient Optional<Code> answer;

        Malformed(String reason) {
            this(ClientLog.Kind.BAD_PACKET, reason, Optional.empty());
        }

        /** With something to say before the end. */
        Malformed(String reason, Code answer) {
            this(ClientLog.Kind.BAD_PACKET, reason, Optional.of(answer));
        }

        Malformed(ClientLog.Kind kind, String reason, Optional<Code> answer) {
            super(reason, null, false, false);
            this.kind = kind;
            this.answer = answer;
        }

        static Malformed tooLarge(String reason) {
            return new Malformed(ClientLog.Kind.TOO_LARGE, reason, Optional.empty());
        }

        ClientLog.Kind kind() {
            return kind;
        }

        Optional<Code> answer() {
            return answer;
        }
    }
}
