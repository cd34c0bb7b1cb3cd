package org.bellwire.broker;

import java.util.List;
import java.util.Optional;

/** The control packets of MQTT 3.1.1 that a broker sends or gets. */
sealed interface Packet {

    record Connect(
            String clientId,
            boolean clean,
            int keepAliveS,
            Optional<Message> will,
            Optional<String> user,
            Optional<String> password)
            implements Packet {}

    record ConnAck(boolean sessionPresent, Code code) implements Packet {}

    /**
     * A message on its way.
     *
     * @param id 0 at QoS 0
     * @param again it may have arrived before
     */
    record Publish(Message message, int id, boolean again) implements Packet {}

    record Ack(Kind kind, int id) implements Packet {}

    record Subscribe(int id, List<Wish> wishes) implements Packet {}

    /** Answers a SUBSCRIBE with the QoS for each wish. */
    record SubAck(int id, List<Integer> granted) implements Packet {}

    record Unsubscribe(int id, List<String> filters) implements Packet {}

    record Wish(String filter, int qos) {}

    /** Packets that are nothing but their type. */
    enum Bare implements Packet {
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
        WRONG_PASSWORD(4);

        private final int wire;

        Code(int wire) {
            this.wire = wire;
        }

        int wire() {
            return wire;
        }
    }

    /** The peer breaks the protocol: its connection ends. */
    final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Optional<Code> answer;

        Malformed(String reason) {
            this(reason, Optional.empty());
        }

        /** With something to say before the end. */
        Malformed(String reason, Optional<Code> answer) {
            super(reason, null, false, false);
            this.answer = answer;
        }

        Optional<Code> answer() {
            return answer;
        }
    }
}
