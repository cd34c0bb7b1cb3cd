package org.bellwire.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.broker.Packet.Ack;
import org.bellwire.broker.Packet.Bare;
import org.bellwire.broker.Packet.Code;
import org.bellwire.broker.Packet.ConnAck;
import org.bellwire.broker.Packet.Connect;
import org.bellwire.broker.Packet.Kind;
import org.bellwire.broker.Packet.Malformed;
import org.bellwire.broker.Packet.Publish;
import org.bellwire.broker.Packet.SubAck;
import org.bellwire.broker.Packet.Subscribe;
import org.bellwire.broker.Packet.Unsubscribe;
import org.bellwire.broker.Packet.Wish;

/** What packets mean: who is connected, who wants what, and where a message goes. Only the server's thread comes here. */
final class Switchboard {

    /** More sessions are never stored: they end with their connections. */
    private static final int MAX_STORED = 1000;

    private final Guard guard;
    private final Retained retained;
    private final Topics<Session> topics = new Topics<>();
    private final Map<String, Session> stored = new HashMap<>();
    private final Map<String, Client> connected = new HashMap<>();
    private final Set<Client> dirty = new LinkedHashSet<>();
    private long named;

    Switchboard(Guard guard, Retained retained) {
        this.guard = guard;
        this.retained = retained;
    }

    /** Carries out a packet of a client. */
    void take(Client client, Packet packet) throws Malformed {
        Optional<Session> session = client.session();
        if (packet instanceof Connect connect && session.isEmpty()) {
            connect(client, connect);
        } else if (session.isEmpty() || packet instanceof Connect) {
            throw new Malformed("a CONNECT comes first, and once");
        } else {
            take(client, session.get(), packet);
        }
    }

    private void take(Client client, Session session, Packet packet) throws Malformed {
        if (packet instanceof Publish publish) {
            receive(client, session, publish);
        } else if (packet instanceof Ack ack) {
            acknowledge(client, session, ack);
        } else if (packet instanceof Subscribe subscribe) {
            subscribe(client, session, subscribe);
        } else if (packet instanceof Unsubscribe unsubscribe) {
            unsubscribe.filters().forEach(filter -> forget(session, filter));
            send(client, new Ack(Kind.UNSUBACK, unsubscribe.id()));
        } else if (packet == Bare.PINGREQ) {
            send(client, Bare.PINGRESP);
        } else if (packet == Bare.DISCONNECT) {
            client.forgetWill();
            client.close();
        }
    }

    private void connect(Client client, Connect connect) throws Malformed {
        if (!guard.admits(connect.user(), connect.password())) {
            throw new Malformed("a wrong user or password", Optional.of(Code.WRONG_PASSWORD));
        }
        String id = connect.clientId().isEmpty() ? "unnamed-" + ++named : connect.clientId();
        Client before = connected.get(id);
        if (before != null) {
            before.close();
            gone(before);
        }
        Optional<Session> old = Optional.ofNullable(stored.remove(id));
        if (connect.clean()) {
            old.ifPresent(this::end);
        }
        boolean present = old.isPresent() && !connect.clean();
        Session session = present ? old.get() : new Session(id);
        if (!connect.clean() && stored.size() < MAX_STORED) {
            stored.put(id, session);
        }
        session.resume();
        connected.put(id, client);
        client.welcome(session, connect.will(), connect.keepAliveS());
        send(client, new ConnAck(present, Code.ACCEPTED));
    }

    private void receive(Client client, Session session, Publish publish) {
        Message message = publish.message();
        if (message.qos() < 2 || session.receive(publish.id())) {
            publish(message);
        }
        if (message.qos() > 0) {
            send(client, new Ack(message.qos() == 1 ? Kind.PUBACK : Kind.PUBREC, publish.id()));
        }
    }

    private void acknowledge(Client client, Session session, Ack ack) throws Malformed {
        switch (ack.kind()) {
            case PUBREL -> {
                session.release(ack.id());
                send(client, new Ack(Kind.PUBCOMP, ack.id()));
            }
            case PUBACK, PUBREC, PUBCOMP -> {
                session.answered(ack).ifPresent(answer -> send(client, answer));
                dirty.add(client);
            }
            case UNSUBACK -> throw new Malformed("a client does not send UNSUBACK");
        }
    }

    private void subscribe(Client client, Session session, Subscribe subscribe) {
        List<Integer> granted = new ArrayList<>();
        for (Wish wish : subscribe.wishes()) {
            session.filters().put(wish.filter(), wish.qos());
            topics.add(wish.filter(), session, wish.qos());
            granted.add(wish.qos());
        }
        send(client, new SubAck(subscribe.id(), granted));
        for (Wish wish : subscribe.wishes()) {
            retained.forEach(wish.filter(), message -> session.offer(message.as(wish.qos(), true)));
        }
    }

    private void publish(Message message) {
        if (message.retain()) {
            retained.put(message);
        }
        topics.forEach(message.topic(), (session, qos) -> {
            session.offer(message.as(qos, false));
            Client client = connected.get(session.clientId());
            if (client != null) {
                dirty.add(client);
            }
        });
    }

    private void send(Client client, Packet packet) {
        client.send(packet);
        dirty.add(client);
    }

    /** The connection has ended; its will is published unless the client said goodbye. */
    void gone(Client client) {
        client.session().ifPresent(session -> {
            if (connected.remove(session.clientId(), client)) {
                session.leave();
                if (!stored.containsValue(session)) {
                    end(session);
                }
            }
        });
        Optional<Message> will = client.will();
        client.forgetWill();
        will.ifPresent(this::publish);
    }

    private void end(Session session) {
        List.copyOf(session.filters().keySet()).forEach(filter -> forget(session, filter));
    }

    private void forget(Session session, String filter) {
        session.filters().remove(filter);
        topics.remove(filter, session);
    }

    /** Those that have something to write since the last time; what is retained is on its way to the disk. */
    List<Client> drain() {
        retained.flush();
        List<Client> clients = List.copyOf(dirty);
        dirty.clear();
        return clients;
    }
}
