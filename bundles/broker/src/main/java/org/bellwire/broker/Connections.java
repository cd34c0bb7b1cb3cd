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

/** Who is connected. Those that have not logged in yet are few, in all and from one address: the oldest makes room for the next. */
final class Connections {

    private final Limits.Connections limits;
    private final Remarks remarks;
    private final Set<Client> all = new HashSet<>();
    private final Set<Client> strangers = new LinkedHashSet<>();
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private final Queue<Client> ended = new ArrayDeque<>();

    Connections(Limits.Connections limits, Remarks remarks) {
        this.limits = limits;
        this.remarks = remarks;
    }

    /** Whether one more may come from the address; somebody may have to go for it. */
    boolean admits(InetAddress address) {
        if (perAddress.getOrDefault(address, 0) >= limits.strangersPerAddress()) {
            turnAway(Optional.of(address));
        } else if (strangers.size() >= limits.strangers() || all.size() >= limits.clients()) {
            turnAway(Optional.empty());
        }
        boolean own = address.isLoopbackAddress() && all.size() < limits.clients() + limits.reserved();
        if (all.size() < limits.clients() || own) {
            return true;
        }
        remarks.say(
                Remarks.Kind.CONNECTIONS,
                () -> "a connection from " + address.getHostAddress() + " is not taken: there are " + all.size()
                        + " already, all logged in");
        return false;
    }

    /** Ends the connection of the client that has not logged in for longest; false: there is none. */
    boolean turnAway(Optional<InetAddress> address) {
        Optional<Client> oldest = strangers.stream()
                .filter(client -> address.isEmpty() || client.address().equals(address.get()))
                .findFirst();
        oldest.ifPresent(client -> {
            remarks.say(
                    Remarks.Kind.NO_LOGIN,
                    () -> client + ": disconnected: " + strangers.size() + " of " + all.size()
                            + " clients have not logged in, it is the oldest of them");
            client.close();
        });
        return oldest.isPresent();
    }

    void add(Client client) {
        all.add(client);
        strangers.add(client);
        perAddress.merge(client.address(), 1, Integer::sum);
    }

    void loggedIn(Client client) {
        if (strangers.remove(client)) {
            perAddress.computeIfPresent(client.address(), (address, count) -> count == 1 ? null : count - 1);
        }
    }

    void ended(Client client) {
        if (all.remove(client)) {
            loggedIn(client);
            ended.add(client);
        }
    }

    /** One that has ended and of which nobody has been told. */
    Optional<Client> nextEnded() {
        return Optional.ofNullable(ended.poll());
    }

    boolean hasEnded() {
        return !ended.isEmpty();
    }

    List<Client> all() {
        return List.copyOf(all);
    }

    int size() {
        return all.size();
    }
}
