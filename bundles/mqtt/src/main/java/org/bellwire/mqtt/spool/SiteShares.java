package org.bellwire.mqtt.spool;

import java.util.HashMap;
import java.util.Map;
import org.bellwire.api.EventMessage;

/**
 * How much of the spool each tenant has taken since it was last empty, so that the flood of one leaves room for the others. Nothing is
 * counted of the gateway's own site. Guarded by {@link EventDelivery}.
 */
final class SiteShares {

    /** While the spool is fuller than this part of it, no tenant gets more than the other part. */
    private static final int SCARCE = 2;

    private static final int SHARE = 10;

    private final Map<String, Taken> byRoot = new HashMap<>();

    private record Taken(long events, long chars) {}

    /** A tenant has its share of a spool that holds so much, and gets no more. */
    boolean isUsedUp(EventMessage event, long events, long bytes, SpoolSettings settings) {
        Taken taken = byRoot.get(event.root());
        return taken != null
                && (events >= settings.maxEvents() / SCARCE || bytes >= settings.maxBytes() / SCARCE)
                && (taken.events() >= settings.maxEvents() / SHARE || taken.chars() >= settings.maxBytes() / SHARE);
    }

    void add(EventMessage event, int chars) {
        if (!event.root().isEmpty()) {
            byRoot.merge(
                    event.root(),
                    new Taken(1, chars),
                    (before, one) -> new Taken(before.events() + 1, before.chars() + chars));
        }
    }

    void clear() {
        byRoot.clear();
    }
}
