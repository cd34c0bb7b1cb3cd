package org.bellwire.broker;

import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.runtime.LogText;
import org.bellwire.broker.MqttPacket.Ack;
import org.bellwire.broker.MqttPacket.Bare;
import org.bellwire.broker.MqttPacket.Code;
import org.bellwire.broker.MqttPacket.ConnAck;
import org.bellwire.broker.MqttPacket.Connect;
import org.bellwire.broker.MqttPacket.Kind;
import org.bellwire.broker.MqttPacket.Malformed;
import org.bellwire.broker.MqttPacket.Publish;
import org.bellwire.broker.MqttPacket.SubAck;
import org.bellwire.broker.MqttPacket.Subscribe;
import org.bellwire.broker.MqttPacket.Unsubscribe;
import org.bellwire.broker.MqttPacket.Wish;

/** What packets mean: who is connected, who wants what, and where a message goes. Only the server's thread comes here. */
final class Router {

    private final BrokerSettings settings;
    private final BrokerLimits limits;
    private final MemoryBudget budget;
    private final RetainedMessages retained;
    private final ClientLog remarks;
    private final SubscriptionTree<MqttSession> topics = new SubscriptionTree<>();
    private final AwaySessions away;
    private final SubscriptionGrants grants;
    private final Map<String, ClientConnection> connected = new HashMap<>();
    private final Set<ClientConnection> dirty = new LinkedHashSet<>();
    private long named;

    Router(BrokerSettings settings, BrokerLimits limits, RetainedMessages retained, ClientLog remarks) {
        this.settings = settings;
        this.limits = limits;
        this.retained = retained;
        this.remarks = remarks;
        budget = new MemoryBudget(limits.memory().clients());
        away = new AwaySessions(limits.subscriptions().sessions(), remarks);
        grants = new SubscriptionGrants(limits.subscriptions(), remarks);
    }

    /** To which all clients' bytes are charged. */
    MemoryBudget budget() {
        return budget;
    }

    /** How many stored sessions there are of clients that are not there. */
    int away() {
        return away.size();
    }

    /** How many filters somebody has subscribed to. */
    int subscriptions() {
        return topics.size();
    }

    /** Carries out a packet of a client; how much work that was. */
    int take(ClientConnection client, MqttPacket packet) throws Malformed {
        Optional<MqttSession> session = client.session();
        int work = 1;
        if (packet instanceof Connect connect && session.isEmpty()) {
            connect(client, connect);
        } else if (session.isEmpty() || packet instanceof Connect) {
            throw new Malformed("a CONNECT comes first, and once");
        } else {
            work = take(client, session.get(), packet);
        }
        relieve();
        return work;
    }

    private int take(ClientConnection client, MqttSession session, MqttPacket packet) throws Malformed {
        if (packet instanceof Publish publish) {
            return receive(client, session, publish);
        } else if (packet instanceof Ack ack) {
            acknowledge(client, session, ack);
        } else if (packet instanceof Subscribe subscribe) {
            subscribe(client, session, subscribe);
            return subscribe.wishes().size();
        } else if (packet instanceof Unsubscribe unsubscribe) {
            unsubscribe.filters().forEach(filter -> forget(session, filter));
            send(client, new Ack(Kind.UNSUBACK, unsubscribe.id()));
            return unsubscribe.filters().size();
        } else if (packet == Bare.PINGREQ) {
            send(client, Bare.PINGRESP);
        } else if (packet == Bare.DISCONNECT) {
            client.leave();
        }
        return 1;
    }

    private void connect(ClientConnection client, Connect connect) throws Malformed {
        if (!settings.guard().admits(connect.user(), connect.password())) {
            throw new Malformed(
                    ClientLog.Kind.WRONG_PASSWORD, "a wrong user or password", Optional.of(Code.WRONG_PASSWORD));
        }
        String id = connect.clientId().isEmpty() ? "unnamed-" + ++named : connect.clientId();
        ClientConnection before = connected.get(id);
        if (before != null) {
            before.close();
            gone(before);
        } else if (connected.size() >= limits.connections().clients() && !settings.isOwn(id)) {
            throw new Malformed(
                    ClientLog.Kind.CONNECTIONS,
                    connected.size() + " clients are connected, no more are taken",
                    Optional.of(Code.FULL));
        }
        Optional<MqttSession> old = away.remove(id);
        if (connect.clean()) {
            old.ifPresent(this::end);
        }
        boolean present = old.isPresent() && !connect.clean();
        MqttSession session = present
                ? old.get()
                : new MqttSession(
                        id, new MemoryBudget.Account(budget), limits.memory().client(), !connect.clean());
        session.resume();
        connected.put(id, client);
        client.welcome(session, connect.will(), connect.keepAliveS());
        send(client, new ConnAck(present && !connect.old(), Code.ACCEPTED));
    }

    private int receive(ClientConnection client, MqttSession session, Publish publish) {
        BrokerMessage message = publish.message();
        int work = 1;
        if (message.qos() < 2 || session.receive(publish.id())) {
            work = publish(message);
        }
        if (message.qos() > 0) {
            send(client, new Ack(message.qos() == 1 ? Kind.PUBACK : Kind.PUBREC, publish.id()));
        }
        return work;
    }

    private void acknowledge(ClientConnection client, MqttSession session, Ack ack) throws Malformed {
        switch (ack.kind()) {
            case PUBREL -> {
                session.release(ack.id());
                send(client, new Ack(Kind.PUBCOMP, ack.id()));
            }
            case PUBACK, PUBREC, PUBCOMP -> {
                session.answered(ack).ifPresent(answer -> send(client, answer));
                touch(client);
            }
            case UNSUBACK -> throw new Malformed("a client does not send UNSUBACK");
        }
    }

    private void subscribe(ClientConnection client, MqttSession session, Subscribe subscribe) {
        List<Integer> granted = new ArrayList<>();
        for (Wish wish : subscribe.wishes()) {
            boolean granting = grants.take(client, session, wish);
            granted.add(granting ? wish.qos() : SubAck.REFUSED);
            if (granting) {
                topics.add(wish.filter(), session, wish.qos());
                session.expect(wish.filter(), retained.scan(wish.filter(), wish.qos()));
            }
        }
        send(client, new SubAck(subscribe.id(), granted));
    }

    private int publish(BrokerMessage message) {
        if (message.retain()) {
            retained.put(message);
        }
        return topics.forEach(message.topic(), (session, qos) -> offer(session, message.as(qos, false)));
    }

    private void offer(MqttSession session, BrokerMessage message) {
        if (!session.offer(message)) {
            remarks.say(
                    ClientLog.Kind.QUEUE,
                    () -> "client " + LogText.clean(session.clientId(), BrokerLimits.SHOWN)
                            + (session.isAway() ? " is away" : " reads too slowly") + " and holds " + session.bytes()
                            + " bytes: messages to it are dropped");
        }
        ClientConnection client = connected.get(session.clientId());
        if (client != null) {
            touch(client);
        }
    }

    private void send(ClientConnection client, MqttPacket packet) {
        client.send(packet);
        touch(client);
    }

    /** There is something to write to this client, or may be. */
    void touch(ClientConnection client) {
        dirty.add(client);
    }

    /** The connection has ended; its will is published unless the client said goodbye. */
    void gone(ClientConnection client) {
        client.session().ifPresent(session -> {
            if (connected.remove(session.clientId(), client)) {
                session.leave();
                keep(session);
            }
        });
        client.takeWill().ifPresent(this::publish);
        relieve();
    }

    private void keep(MqttSession session) {
        if (session.isStored()) {
            away.add(session).ifPresent(this::end);
        } else {
            end(session);
        }
    }

    private void end(MqttSession session) {
        List.copyOf(session.filters().keySet()).forEach(filter -> forget(session, filter));
        session.end();
    }

    private void forget(MqttSession session, String filter) {
        if (session.unsubscribe(filter)) {
            topics.remove(filter, session);
        }
    }

    /** While all clients together hold too much, the one that holds most loses it. */
    void relieve() {
        boolean found = true;
        while (budget.isExceeded() && found) {
            found = relieveOne();
        }
    }

    private boolean relieveOne() {
        Optional<ClientConnection> client = connected.values().stream().max(comparingLong(ClientConnection::bytes));
        Optional<MqttSession> absent = away.largest();
        long most = client.map(ClientConnection::bytes).orElse(0L);
        long mostAway = absent.map(MqttSession::bytes).orElse(0L);
        if (Math.max(most, mostAway) == 0) {
            return false;
        }
        if (mostAway > most) {
            drop(absent.orElseThrow(), Optional.empty(), mostAway);
        } else {
            drop(client.flatMap(ClientConnection::session).orElseThrow(), client, most);
        }
        return true;
    }

    private void drop(MqttSession session, Optional<ClientConnection> client, long bytes) {
        remarks.say(
                ClientLog.Kind.MEMORY,
                () -> "all clients together hold " + budget.used() + " bytes, more than "
                        + limits.memory().clients()
                        + ": client " + LogText.clean(session.clientId(), BrokerLimits.SHOWN) + ", which holds most, "
                        + bytes
                        + ", has lost its session; give Java more memory (bin/setenv) if all of them are needed");
        connected.remove(session.clientId());
        away.remove(session.clientId());
        client.ifPresent(ClientConnection::close);
        end(session);
    }

    /** Those that have something to write since the last time; what is retained is on its way to the disk. */
    List<ClientConnection> drain() {
        retained.flush();
        List<ClientConnection> clients = List.copyOf(dirty);
        dirty.clear();
        return clients;
    }
}
