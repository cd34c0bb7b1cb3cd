package org.bellwire.mqtt.spool;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.bellwire.mqtt.publish.PendingPublish;

/**
 * Events that were given to the connection and not acknowledged, in order; acknowledged ones leave when they reach the head. Not
 * safe for several threads.
 */
final class DirectEvents {

    private final ArrayDeque<PendingEvent> events = new ArrayDeque<>();

    void add(PendingEvent event) {
        events.add(event);
    }

    /** The window that they went to. */
    Optional<PendingPublish.Owner> window() {
        return Optional.ofNullable(events.peek())
                .flatMap(PendingEvent::outgoing)
                .map(PendingPublish::owner);
    }

    /** The connection that they went to is closed. */
    boolean areLost() {
        return window().filter(window -> !window.isOpen()).isPresent();
    }

    /** Nanoseconds until the oldest has waited for too long; not above 0: it has. */
    long untilLate(long now) {
        return events.isEmpty() ? Long.MAX_VALUE : events.getFirst().since() + DrainCursor.PATIENCE - now;
    }

    List<PendingEvent> takeUnacknowledged() {
        List<PendingEvent> taken =
                events.stream().filter(event -> !event.isAcknowledged()).toList();
        events.clear();
        return taken;
    }

    void dropAcknowledged() {
        while (!events.isEmpty() && events.peek().isAcknowledged()) {
            events.remove();
        }
    }
}
