package org.bellwire.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;

/** What the other gateways told of their health last. */
final class OtherReports implements Bus.Subscriber {

    /** More than serve one building. */
    private static final int MAX_GATEWAYS = 64;

    private final InstantSource clock;
    private final Map<String, Arrival> reports = new ConcurrentHashMap<>();

    /**
     * A report.
     *
     * @param at when it came
     * @param isFresh was sent a moment before, and not kept by the broker
     */
    record Arrival(String report, Instant at, boolean isFresh) {}

    OtherReports(InstantSource clock) {
        this.clock = clock;
    }

    /** Those of these gateways, by their names. */
    Map<String, Arrival> of(List<String> gateways) {
        reports.keySet().retainAll(gateways);
        Map<String, Arrival> named = new HashMap<>(reports);
        named.keySet().retainAll(gateways); // what came meanwhile, this gateway's own among it
        return named;
    }

    @Override
    public String filter() {
        return "bridge/gateway/+/health";
    }

    @Override
    public void connected() {
        // Each tells its own within a minute.
    }

    @Override
    public void disconnected() {
        reports.clear();
    }

    @Override
    public void arrived(Topic topic, String payload) {
        String gateway = topic.levels().get(2);
        if (payload.length() <= HealthSum.MAX_REPORT
                && (reports.size() < MAX_GATEWAYS || reports.containsKey(gateway))) {
            // The first one may be what the broker kept.
            reports.put(gateway, new Arrival(payload, clock.instant(), reports.containsKey(gateway)));
        }
    }
}
