package org.bellwire.mqtt;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.bellwire.api.LogThrottle;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of each bound that is reached: counts it every time, and says it in the log at most once in ten minutes. */
final class LimitLog {

    private static final Logger log = LoggerFactory.getLogger(LimitLog.class);
    private static final int PAUSE_S = 600;

    private final Map<Limit, LogThrottle> throttles = new ConcurrentHashMap<>();
    private volatile Counters counters = Counters.NONE;

    synchronized void countWith(Counters who) {
        counters = who;
    }

    synchronized void stopCountingWith(Counters who) {
        counters = counters == who ? Counters.NONE : counters;
    }

    /** @param line what was reached and what to change; asked for only when it is to be logged */
    void reached(Limit limit, Supplier<String> line) {
        count(limit);
        OptionalLong left = throttles
                .computeIfAbsent(limit, each -> new LogThrottle(PAUSE_S, System::nanoTime))
                .next();
        if (left.isPresent()) {
            String more =
                    left.getAsLong() > 0 ? " (and " + left.getAsLong() + " times more since the last such line)" : "";
            log.warn("{}{}", line.get(), more);
        }
    }

    /** Where somebody else has logged it. */
    void count(Limit limit) {
        counters.reached(limit);
    }
}
