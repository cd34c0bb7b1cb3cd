package org.bellwire.health;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus;

/** What the other gateways told of their health last. */
final class OtherReports implements Bus.Subscriber {

    /** More than serve one building. */
    private static final int MAX_GATEWAYS = 64;

    private final Map<String, String> reports = new ConcurrentHashMap<>();

    /** Those of these gateways. */
    Collection<String> of(List<String> gateways) {
        reports.keySet().retainAll(gateways);
        return gateways.stream().map(reports::get).filter(Objects::nonNull).toList();
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
            reports.put(gateway, payload);
        }
    }
}
