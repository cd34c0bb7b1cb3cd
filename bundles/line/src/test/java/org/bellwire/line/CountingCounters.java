package org.bellwire.line;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bellwire.api.Status;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.Refusal;

/** Remembers how often each limit was reached. */
final class CountingCounters implements Counters {

    private final Map<Limit, Integer> reached = new ConcurrentHashMap<>();

    @Override
    public void answered(int httpStatus) {
        throw new AssertionError("not the line's");
    }

    @Override
    public void refused(Refusal reason) {
        throw new AssertionError("not the line's");
    }

    @Override
    public void resulted(Status status) {
        throw new AssertionError("not the line's");
    }

    @Override
    public void reached(Limit limit) {
        reached.merge(limit, 1, Integer::sum);
    }

    int of(Limit limit) {
        return reached.getOrDefault(limit, 0);
    }
}
