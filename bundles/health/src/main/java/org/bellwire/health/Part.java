package org.bellwire.health;

import java.util.Optional;

/** A part of Bellwire that comes and goes; a new one may come before the old one goes. */
final class Part<T> {

    private volatile Optional<T> present = Optional.empty();

    Optional<T> now() {
        return present;
    }

    synchronized void come(T part) {
        present = Optional.of(part);
    }

    synchronized void gone(T part) {
        present = present.filter(other -> other != part);
    }
}
