package org.bellwire.api.port;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bellwire.api.runtime.LogThrottle;

/**
 * Counts each time that a limit is reached, and logs for each limit the first time and then at most one line in each pause. Safe
 * for use by many threads.
 */
public final class LimitLog {

    private final Consumer<String> warn;
    private final Supplier<Counters> counters;
    private final long pauseSeconds;
    private final LongSupplier nanoTime;
    private final Map<Limit, LogThrottle> throttles = new ConcurrentHashMap<>();

    /**
     * A log of one component.
     *
     * @param warn such as {@code LOG::warn}: gets whole lines
     * @param counters who counts at this moment
     * @param nanoTime such as {@code System::nanoTime}
     */
    public LimitLog(Consumer<String> warn, Supplier<Counters> counters, long pauseSeconds, LongSupplier nanoTime) {
        this.warn = warn;
        this.counters = counters;
        this.pauseSeconds = pauseSeconds;
        this.nanoTime = nanoTime;
    }

    /** Neither counts nor logs. */
    public static LimitLog none() {
        return new LimitLog(line -> {}, () -> Counters.NONE, 1, System::nanoTime);
    }

    /**
     * A limit was reached.
     *
     * @param line what was turned away and what to change; asked for only when it is to be logged
     */
    public void reached(Limit limit, Supplier<String> line) {
        count(limit);
        OptionalLong left = throttles
                .computeIfAbsent(limit, each -> new LogThrottle(pauseSeconds, nanoTime))
                .next();
        if (left.isPresent()) {
            String more = left.getAsLong() > 0 ? " (" + left.getAsLong() + " more since the last such line)" : "";
            warn.accept(line.get() + more);
        }
    }

    /** Counts only, where somebody else has logged it. */
    public void count(Limit limit) {
        counters.get().reached(limit);
    }
}
