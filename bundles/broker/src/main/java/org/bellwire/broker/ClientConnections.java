package org.bellwire.broker;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * All connections. Those that have not logged in yet are few, in all and from one address: the oldest is closed for the next.
 */
final class ClientConnections {

    private final BrokerLimits.Connections limits;
    private final ClientLog remarks;
    private final Set<ClientConnection> all = new HashSet<>();
    private final Set<ClientConnection> notLoggedIn = new LinkedHashSet<>();
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private final Queue<ClientConnection> ended = new ArrayDeque<>();

    ClientConnections(BrokerLimits.Connections limits, ClientLog remarks) {
        this.limits = limits;
        this.remarks = remarks;
    }

    /** Whether one more may come from the address; somebody may have to go for it. */
    boolean admits(InetAddress address) {
        if (perAddress.getOrDefault(address, 0) >= limits.notLoggedInPerAddress()) {
            turnAway(Optional.of(address));
        } else if (notLoggedIn.size() >= limits.notLoggedIn() || all.size() >= limits.clients()) {
            turnAway(Optional.empty());
        }
        boolean own = address.isLoopbackAddress() && all.size() < limits.clients() + limits.reserved();
        if (all.size() < limits.clients() || own) {
            return true;
        }
        remarks.say(
                ClientLog.Kind.CONNECTIONS,
                () -> "a connection from " + address.getHostAddress() + " is not taken: there are " + all.size()
                        + " already, all logged in");
        return false;
    }

    /** Ends the connection of the client that has not logged in for longest; false: there is none. */
    boolean turnAway(Optional<InetAddress> address) {
        Optional<ClientConnection> oldest = notLoggedIn.stream()
                .filter(client -> address.isEmpty() || client.address().equals(address.get()))
                .findFirst();
        oldest.ifPresent(client -> {
            remarks.say(
                    ClientLog.Kind.NO_LOGIN,
                    () -> client + ": disconnected: " + notLoggedIn.size() + " of " + all.size()
                            + " clients have not logged in, it is the oldest of them");
            client.close();
        });
        return oldest.isPresent();
    }

    void add(ClientConnection client) {
        all.add(client);
        notLoggedIn.add(client);
        perAddress.merge(client.address(), 1, Integer::sum);
    }

    void loggedIn(ClientConnection client) {
        if (notLoggedIn.remove(client)) {
            perAddress.computeIfPresent(client.address(), (address, count) -> count == 1 ? null : count - 1);
        }
    }

    void ended(ClientConnection client) {
        if (all.remove(client)) {
            loggedIn(client);
            ended.add(client);
        }
    }

    /** One that has ended and of which nobody has been told. */
    Optional<ClientConnection> nextEnded() {
        return Optional.ofNullable(ended.poll());
    }

    boolean hasEnded() {
        return !ended.isEmpty();
    }

    List<ClientConnection> all() {
        return List.copyOf(all);
    }

    int size() {
        return all.size();
    }
}
