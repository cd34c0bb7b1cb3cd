package org.bellwire.line;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bellwire.api.LogThrottle;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts each time that a limit is reached; logs the first, and then at most one in a minute for each limit. */
final class LimitReports {

    private static final Logger LOG = LoggerFactory.getLogger(LimitReports.class);
    private static final long PAUSE_S = 60;

    private final Supplier<Counters> counters;
    private final Map<Limit, LogThrottle> throttles = new EnumMap<>(Limit.class);

    /** @param counters who counts at this moment */
    LimitReports(Supplier<Counters> counters, LongSupplier nanoTime) {
        this.counters = counters;
        for (Limit limit : Limit.values()) {
            throttles.put(limit, new LogThrottle(PAUSE_S, nanoTime));
        }
    }

    /** @param what for a person: what was turned away, and what to change */
    void reached(Limit limit, String what) {
        counters.get().reached(limit);
        LogThrottle throttle = throttles.get(limit);
        if (throttle != null) {
            throttle.next()
                    .ifPresent(left ->
                            LOG.warn(left == 0 ? "{}" : "{} ({} more times since the last such line)", what, left));
        }
    }
}
