package org.bellwire.broker;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bellwire.broker.MqttPacket.Ack;
import org.bellwire.broker.MqttPacket.Kind;
import org.bellwire.broker.MqttPacket.Malformed;
import org.bellwire.broker.MqttPacket.Publish;

/** What a client asked for and has not got yet. It outlives the connection, unless the client wants a clean one. */
final class MqttSession {

    /** More are dropped, for a client that is away. */
    private static final int MAX_AWAY = 10_000;
    /** So many may be on their way without an answer. */
    private static final int MAX_UNDER_WAY = 500;
    /** So many retained topics are looked at in one turn. */
    private static final int STEPS = 2_000;
    /** What a session costs when it has nothing. */
    private static final int BYTES = 1_000;

    private final String clientId;
    private final boolean stored;
    private final MemoryBudget.Account account;
    private final long limit;
    private final Map<String, Integer> filters = new HashMap<>();
    private final Deque<BrokerMessage> waiting = new ArrayDeque<>();
    private final Map<Integer, Flight> underWay = new LinkedHashMap<>();
    /** By filter: what is retained for it and was not sent yet. */
    private final Map<String, RetainedMessages.Scan> scans = new LinkedHashMap<>();
    /** Ids of QoS 2 messages that are published already, until the client releases them. */
    private final BitSet received = new BitSet();

    private final Deque<MqttPacket> again = new ArrayDeque<>();
    private int wildcards;
    private int lastId;
    private int steps = STEPS;
    private boolean away;

    /** Sent and not answered: empty from PUBREC on, when only PUBREL and PUBCOMP are left. */
    private record Flight(Kind awaited, Optional<BrokerMessage> message) {}

    /**
     * A session that has nothing.
     *
     * @param limit for so many bytes it may hold, messages are kept for it
     * @param stored it stays when the client goes
     */
    MqttSession(String clientId, MemoryBudget.Account account, long limit, boolean stored) {
        this.stored = stored;
        this.clientId = clientId;
        this.account = account;
        this.limit = limit;
        account.take(BYTES + 2L * clientId.length());
    }

    String clientId() {
        return clientId;
    }

    long bytes() {
        return account.bytes();
    }

    boolean isStored() {
        return stored;
    }

    /** Filter and granted QoS. */
    Map<String, Integer> filters() {
        return filters;
    }

    /** Takes the filter in; false: there are too many, or there is no memory for it. */
    boolean subscribe(String filter, int qos, BrokerLimits.Subscriptions limits) {
        boolean wildcard = SubscriptionTree.isWildcard(filter);
        boolean isNew = !filters.containsKey(filter);
        if (isNew) {
            long cost = cost(filter);
            boolean tooMany = filters.size() >= limits.filters() || (wildcard && wildcards >= limits.wildcards());
            if (tooMany || bytes() + cost > limit) {
                return false;
            }
            account.take(cost);
            wildcards += wildcard ? 1 : 0;
        }
        filters.put(filter, qos);
        return true;
    }

    boolean unsubscribe(String filter) {
        scans.remove(filter);
        if (filters.remove(filter) == null) {
            return false;
        }
        account.give(cost(filter));
        wildcards -= SubscriptionTree.isWildcard(filter) ? 1 : 0;
        return true;
    }

    /** A wildcard costs for each level in the tree, even if others share it. */
    private static long cost(String filter) {
        return 500
                + 2L * filter.length()
                + (SubscriptionTree.isWildcard(filter) ? 300L * SubscriptionTree.levelCount(filter) : 0);
    }

    /** What is retained for a filter is to be sent, before what comes from now on. */
    void expect(String filter, RetainedMessages.Scan scan) {
        scans.remove(filter);
        scans.put(filter, scan);
    }

    /** The client is back: what was under way is sent again, in its order. */
    void resume() {
        away = false;
        again.clear();
        underWay.forEach((id, flight) -> again.add(flight.message()
                .<MqttPacket>map(message -> new Publish(message, id, true))
                .orElseGet(() -> new Ack(Kind.PUBREL, id))));
    }

    void leave() {
        away = true;
    }

    boolean isAway() {
        return away;
    }

    /** Puts the message into the queue; false: it is dropped. */
    boolean offer(BrokerMessage message) {
        if (away && message.qos() == 0) {
            return true;
        }
        if ((away && waiting.size() >= MAX_AWAY) || bytes() + MemoryBudget.Account.cost(message) > limit) {
            return false;
        }
        account.hold(message);
        waiting.add(message);
        return true;
    }

    /** A new turn has begun. */
    void turn() {
        steps = STEPS;
    }

    /** Whether {@link #next()} had no more to say only because it had looked at enough in this turn. */
    boolean isUnfinished() {
        return steps <= 0 && !scans.isEmpty();
    }

    /** The next packet to send, if there is one and the client has answered enough of those before. */
    Optional<MqttPacket> next() {
        if (!again.isEmpty()) {
            return Optional.of(again.remove());
        }
        if (underWay.size() >= MAX_UNDER_WAY) {
            boolean free =
                    scans.isEmpty() && !waiting.isEmpty() && waiting.element().qos() == 0;
            return free ? Optional.of(send(taken())) : Optional.empty();
        }
        Optional<BrokerMessage> kept = retained();
        if (kept.isPresent()) {
            account.hold(kept.get());
            return Optional.of(send(kept.get()));
        }
        return scans.isEmpty() && !waiting.isEmpty() ? Optional.of(send(taken())) : Optional.empty();
    }

    private BrokerMessage taken() {
        return waiting.remove();
    }

    private Optional<BrokerMessage> retained() {
        Optional<BrokerMessage> found = Optional.empty();
        Iterator<RetainedMessages.Scan> each = scans.values().iterator();
        while (found.isEmpty() && each.hasNext() && steps > 0) {
            RetainedMessages.Scan scan = each.next();
            while (found.isEmpty() && !scan.isDone() && steps > 0) {
                steps--;
                found = scan.next();
            }
            if (scan.isDone()) {
                each.remove();
            }
        }
        return found;
    }

    private MqttPacket send(BrokerMessage message) {
        if (message.qos() == 0) {
            account.release(message);
            return new Publish(message, 0, false);
        }
        int id = freeId();
        underWay.put(id, new Flight(message.qos() == 1 ? Kind.PUBACK : Kind.PUBREC, Optional.of(message)));
        return new Publish(message, id, false);
    }

    /** Takes the client's answer to what was sent; what to say to that, if anything. */
    Optional<MqttPacket> answered(Ack ack) throws Malformed {
        Flight flight = underWay.get(ack.id());
        boolean twice = ack.kind() == Kind.PUBREC && flight != null && flight.awaited() == Kind.PUBCOMP;
        if (flight != null && flight.awaited() != ack.kind() && !twice) {
            throw new Malformed(ack.kind() + " where " + flight.awaited() + " is due");
        }
        if (flight != null && !twice) {
            underWay.remove(ack.id());
            flight.message().ifPresentOrElse(account::release, () -> account.give(MemoryBudget.Account.ENTRY));
        }
        if (ack.kind() != Kind.PUBREC) {
            return Optional.empty();
        }
        if (flight != null && !twice) {
            underWay.put(ack.id(), new Flight(Kind.PUBCOMP, Optional.empty()));
            account.take(MemoryBudget.Account.ENTRY);
        }
        return Optional.of(new Ack(Kind.PUBREL, ack.id()));
    }

    /** Whether a QoS 2 message with this id is new, and not one that comes a second time. */
    boolean receive(int id) {
        boolean isNew = !received.get(id);
        long before = received.size();
        received.set(id);
        account.take((received.size() - before) / 8);
        return isNew;
    }

    void release(int id) {
        received.clear(id);
    }

    /** Nobody will ask for it again: gives back all that it holds. */
    void end() {
        waiting.forEach(account::release);
        underWay.values().forEach(flight -> flight.message().ifPresent(account::release));
        waiting.clear();
        underWay.clear();
        again.clear();
        scans.clear();
        account.give(account.bytes());
    }

    private int freeId() {
        do {
            lastId = lastId == 0xFFFF ? 1 : lastId + 1;
        } while (underWay.containsKey(lastId));
        return lastId;
    }
}
