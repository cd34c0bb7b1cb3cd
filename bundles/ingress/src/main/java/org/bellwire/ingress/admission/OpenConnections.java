package org.bellwire.ingress.admission;

import java.net.InetAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.bellwire.api.port.Limit;
import org.bellwire.ingress.http.PeerKind;
import org.bellwire.ingress.http.RequestHandler;

/**
 * All open connections, and who may open one. Where the limit is reached, the address that uses most of its share loses the
 * connection that has waited longest for its peer: so a phone gets in, whatever one address does. Addresses outside {@code
 * networks} have a few places of their own.
 */
public final class OpenConnections implements ConnectionPermit.Grantor {

    private final ConnectionLimits capacity;
    private final RequestHandler door;
    private final Executor executor;
    private final Map<InetAddress, AddressConnections> addresses = new HashMap<>();
    private int all;
    private int strangers;
    private int handshakes;
    private volatile boolean exhausted;

    public OpenConnections(ConnectionLimits capacity, RequestHandler door, Executor executor) {
        this.capacity = capacity;
        this.door = door;
        this.executor = executor;
    }

    /** A place for a new connection; empty if it has to be closed. */
    public Optional<ConnectionPermit> admit(Object port, SocketChannel channel, InetAddress from, boolean encrypted) {
        return admit(new ConnectionPermit(this, port, channel, from, door.originOf(from), encrypted));
    }

    /**
     * The place of the same connection as one of another address: it is a proxy's, and the proxy speaks for that one. Empty
     * if it has to be closed; the place that it had is free then, too.
     */
    public Optional<ConnectionPermit> move(ConnectionPermit place, InetAddress to) {
        leave(place);
        return admit(place.at(to, door.originOf(to)));
    }

    private Optional<ConnectionPermit> admit(ConnectionPermit place) {
        InetAddress from = place.address();
        List<Limit> reached = new ArrayList<>(0);
        List<ConnectionPermit> lost = new ArrayList<>(0);
        boolean admitted = enter(place, reached, lost);
        reached.forEach(limit -> door.reached(limit, from.getHostAddress()));
        lost.forEach(other -> other.close(executor));
        if (!admitted && place.origin() == PeerKind.STRANGER) {
            door.unheard(from);
        }
        return admitted ? Optional.of(place) : Optional.empty();
    }

    private synchronized boolean enter(ConnectionPermit place, List<Limit> reached, List<ConnectionPermit> lost) {
        boolean room = place.origin() == PeerKind.STRANGER
                ? hasRoom(strangers < capacity.ofStrangers(), Limit.INGRESS_STRANGERS, Optional::empty, reached, lost)
                : hasRoomAtItsAddress(place, reached, lost);
        room = room
                && hasRoom(
                        all < capacity.connections(),
                        Limit.INGRESS_CONNECTIONS,
                        () -> victim(any -> true, AddressConnections::size),
                        reached,
                        lost);
        room = room && (!place.isHandshaking() || hasRoomForHandshake(place, reached, lost));
        if (room) {
            addresses
                    .computeIfAbsent(place.address(), any -> new AddressConnections())
                    .add(place);
            count(place, 1);
        }
        exhausted = !room && reached.contains(Limit.INGRESS_CONNECTIONS);
        return room;
    }

    private boolean hasRoomAtItsAddress(ConnectionPermit place, List<Limit> reached, List<ConnectionPermit> lost) {
        AddressConnections own = addresses.get(place.address());
        return own == null
                || hasRoom(
                        own.size() < capacity.of(place.origin()),
                        Limit.INGRESS_CONNECTIONS_PER_ADDRESS,
                        () -> own.longestWaiting(any -> true),
                        reached,
                        lost);
    }

    private boolean hasRoomForHandshake(ConnectionPermit place, List<Limit> reached, List<ConnectionPermit> lost) {
        AddressConnections own = addresses.get(place.address());
        boolean room = own == null
                || hasRoom(
                        own.handshakes() < capacity.handshakesOfAddress(),
                        Limit.INGRESS_HANDSHAKES,
                        () -> own.longestWaiting(ConnectionPermit::isHandshaking),
                        reached,
                        lost);
        return room
                && hasRoom(
                        handshakes < capacity.handshakes(),
                        Limit.INGRESS_HANDSHAKES,
                        () -> victim(ConnectionPermit::isHandshaking, AddressConnections::handshakes),
                        reached,
                        lost);
    }

    /** There is room, or it is made by taking somebody's place. */
    private boolean hasRoom(
            boolean room,
            Limit limit,
            Supplier<Optional<ConnectionPermit>> victim,
            List<Limit> reached,
            List<ConnectionPermit> lost) {
        if (room) {
            return true;
        }
        reached.add(limit);
        Optional<ConnectionPermit> taken = victim.get();
        while (taken.isPresent() && !taken.get().lose()) {
            taken = victim.get(); // its request has just come
        }
        taken.ifPresent(lost::add);
        taken.ifPresent(this::leave);
        return taken.isPresent();
    }

    /** Of those who take most of what they may have: the one that has waited longest. */
    private Optional<ConnectionPermit> victim(
            Predicate<ConnectionPermit> which, ToIntFunction<AddressConnections> count) {
        Optional<ConnectionPermit> best = Optional.empty();
        double most = 0;
        for (AddressConnections some : addresses.values()) {
            double share = (double) count.applyAsInt(some)
                    / capacity.of(some.places().iterator().next().origin());
            Optional<ConnectionPermit> longest = share < most ? Optional.empty() : some.longestWaiting(which);
            if (longest.isPresent()
                    && (share > most
                            || best.filter(other -> !longest.get().waitsLongerThan(other))
                                    .isEmpty())) {
                best = longest;
                most = share;
            }
        }
        return best;
    }

    @Override
    public synchronized void handshaken(ConnectionPermit place) {
        AddressConnections own = addresses.get(place.address());
        if (own != null && own.places().contains(place) && place.isHandshaking()) {
            own.endHandshake();
            handshakes--;
        }
        place.endHandshake();
    }

    /** The connection has ended, or has to. */
    @Override
    public synchronized void leave(ConnectionPermit place) {
        AddressConnections own = addresses.get(place.address());
        if (own != null && own.remove(place)) {
            count(place, -1);
            if (own.size() == 0) {
                addresses.remove(place.address());
            }
        }
    }

    private void count(ConnectionPermit place, int one) {
        all += one;
        strangers += place.origin() == PeerKind.STRANGER ? one : 0;
        handshakes += place.isHandshaking() ? one : 0;
    }

    /** This one has ended before it could be told. */
    public void leave(SelectableChannel channel) {
        places().stream().filter(place -> place.channel() == channel).forEach(this::leave);
    }

    /** Closes those that a port has left when it ends: what was accepted, and nobody has come to since. */
    public void end(Object port) {
        for (ConnectionPermit place : places()) {
            if (place.port() == port) {
                place.close(Runnable::run);
                leave(place);
            }
        }
    }

    private synchronized List<ConnectionPermit> places() {
        List<ConnectionPermit> places = new ArrayList<>(all);
        addresses.values().forEach(some -> places.addAll(some.places()));
        return places;
    }

    /** Who is told of what becomes of them. */
    public RequestHandler door() {
        return door;
    }

    /** How many there are. */
    public synchronized int size() {
        return all;
    }

    /** The last one that asked got no place: each is held by a request that core has not replied to. */
    public boolean isExhausted() {
        return exhausted && size() >= capacity.connections();
    }
}
