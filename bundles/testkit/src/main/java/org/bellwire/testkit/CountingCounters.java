package org.bellwire.testkit;

import java.util.EnumMap;
import java.util.Map;
import org.bellwire.api.Status;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.Refusal;

/** Counts the bounds that were reached, and what was refused for them. */
public final class CountingCounters implements Counters {

    private final Map<Limit, Integer> reached = new EnumMap<>(Limit.class);

    private final Map<Refusal, Integer> refused = new EnumMap<>(Refusal.class);

    public synchronized int count(Refusal reason) {
        return refused.getOrDefault(reason, 0);
    }

    public synchronized int count(Limit limit) {
        return reached.getOrDefault(limit, 0);
    }

    @Override
    public void answered(int httpStatus) {}

    @Override
    public synchronized void refused(Refusal reason) {
        refused.merge(reason, 1, Integer::sum);
    }

    @Override
    public void resulted(Status status) {}

    @Override
    public synchronized void reached(Limit limit) {
        reached.merge(limit, 1, Integer::sum);
    }
}
