package org.bellwire.ingress;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The connections of one address. */
final class Neighbours {

    private final Set<Place> places = new LinkedHashSet<>();
    private int handshakes;

    void add(Place place) {
        places.add(place);
        handshakes += place.isHandshaking() ? 1 : 0;
    }

    /** False if it is not there. */
    boolean remove(Place place) {
        boolean removed = places.remove(place);
        handshakes -= removed && place.isHandshaking() ? 1 : 0;
        return removed;
    }

    void endHandshake() {
        handshakes--;
    }

    Set<Place> places() {
        return places;
    }

    int size() {
        return places.size();
    }

    int handshakes() {
        return handshakes;
    }

    /** The one of these whose peer is waited for longest. */
    Optional<Place> longestWaiting(Predicate<Place> which) {
        Optional<Place> longest = Optional.empty();
        for (Place place : places) {
            if (place.isWaiting()
                    && which.test(place)
                    && longest.filter(other -> !place.waitsLongerThan(other)).isEmpty()) {
                longest = Optional.of(place);
            }
        }
        return longest;
    }
}
