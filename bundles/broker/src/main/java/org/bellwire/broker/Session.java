package org.bellwire.broker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.broker.Packet.Ack;
import org.bellwire.broker.Packet.Kind;
import org.bellwire.broker.Packet.Publish;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client asked for and has not got yet. It outlives the connection, unless the client wants a clean one. */
final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** More are dropped, for a client that reads too slowly. */
    private static final int MAX_WAITING = 200_000;
    /** More are dropped, for a client that is away. */
    private static final int MAX_AWAY = 10_000;
    /** So many may be on their way without an answer. */
    private static final int MAX_UNDER_WAY = 500;

    private final String clientId;
    private final Map<String, Integer> filters = new HashMap<>();
    private final Deque<Message> waiting = new ArrayDeque<>();
    /** By packet id; the value is empty from PUBREC on, when only PUBREL and PUBCOMP are left. */
    private final Map<Integer, Optional<Message>> underWay = new LinkedHashMap<>();
    /** Ids of QoS 2 messages that are published already, until the client releases them. */
    private final Set<Integer> received = new HashSet<>();

    private final Deque<Packet> again = new ArrayDeque<>();
    private int lastId;
    private boolean dropping;
    private boolean away;

    Session(String clientId) {
        this.clientId = clientId;
    }

    String clientId() {
        return clientId;
    }

    /** Filter and granted QoS. */
    Map<String, Integer> filters() {
        return filters;
    }

    /** The client is back: what was under way is sent again, in its order. */
    void resume() {
        away = false;
        again.clear();
        underWay.forEach((id, message) -> again.add(
                message.<Packet>map(m -> new Publish(m, id, true)).orElseGet(() -> new Ack(Kind.PUBREL, id))));
    }

    void leave() {
        away = true;
    }

    void offer(Message message) {
        if (away && message.qos() == 0) {
            return;
        }
        if (waiting.size() >= (away ? MAX_AWAY : MAX_WAITING)) {
            if (!dropping) {
                dropping = true;
                LOG.warn(
                        "{}: {}: from now on messages to it are dropped", clientId, away ? "away" : "reads too slowly");
            }
            return;
        }
        waiting.add(message);
    }

    /** The next packet to send, if there is one and the client has answered enough of those before. */
    Optional<Packet> next() {
        if (!again.isEmpty()) {
            return Optional.of(again.remove());
        }
        Message message = waiting.peek();
        if (message == null || (message.qos() > 0 && underWay.size() >= MAX_UNDER_WAY)) {
            return Optional.empty();
        }
        waiting.remove();
        if (dropping && waiting.isEmpty()) {
            dropping = false;
            LOG.info("{}: has read all, nothing is dropped any more", clientId);
        }
        if (message.qos() == 0) {
            return Optional.of(new Publish(message, 0, false));
        }
        int id = freeId();
        underWay.put(id, Optional.of(message));
        return Optional.of(new Publish(message, id, false));
    }

    /** Takes the client's answer to what was sent; what to say to that, if anything. */
    Optional<Packet> answered(Ack ack) {
        switch (ack.kind()) {
            case PUBREC -> {
                underWay.computeIfPresent(ack.id(), (id, message) -> Optional.empty());
                return Optional.of(new Ack(Kind.PUBREL, ack.id()));
            }
            case PUBACK, PUBCOMP -> underWay.remove(ack.id());
            default -> throw new IllegalArgumentException("not an answer: " + ack);
        }
        return Optional.empty();
    }

    /** Whether a QoS 2 message with this id is new, and not one that comes a second time. */
    boolean receive(int id) {
        return received.add(id);
    }

    void release(int id) {
        received.remove(id);
    }

    private int freeId() {
        do {
            lastId = lastId == 0xFFFF ? 1 : lastId + 1;
        } while (underWay.containsKey(lastId));
        return lastId;
    }
}
