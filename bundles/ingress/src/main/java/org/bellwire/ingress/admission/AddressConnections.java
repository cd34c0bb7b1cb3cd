package org.bellwire.ingress.admission;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The connections of one address. */
final class AddressConnections {

    private final Set<ConnectionPermit> places = new LinkedHashSet<>();
    private int handshakes;

    void add(ConnectionPermit place) {
        places.add(place);
        handshakes += place.isHandshaking() ? 1 : 0;
    }

    /** False if it is not there. */
    boolean remove(ConnectionPermit place) {
        boolean removed = places.remove(place);
        handshakes -= removed && place.isHandshaking() ? 1 : 0;
        return removed;
    }

    void endHandshake() {
        handshakes--;
    }

    Set<ConnectionPermit> places() {
        return places;
    }

    int size() {
        return places.size();
    }

    int handshakes() {
        return handshakes;
    }

    /** The one of these whose peer is waited for longest. */
    Optional<ConnectionPermit> longestWaiting(Predicate<ConnectionPermit> which) {
        Optional<ConnectionPermit> longest = Optional.empty();
        for (ConnectionPermit place : places) {
            if (place.isWaiting()
                    && which.test(place)
                    && longest.filter(other -> !place.waitsLongerThan(other)).isEmpty()) {
                longest = Optional.of(place);
            }
        }
        return longest;
    }
}
