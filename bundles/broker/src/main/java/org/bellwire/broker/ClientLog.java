package org.bellwire.broker;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.runtime.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what goes wrong with clients: of each kind one line a minute, and how many there were beside it. Counts the limits that
 * were reached.
 */
final class ClientLog {

    private static final Logger LOG = LoggerFactory.getLogger(ClientLog.class);
    private static final int PAUSE_S = 60;

    /** What can go wrong. */
    enum Kind {
        BAD_PACKET,
        WRONG_PASSWORD,
        SILENT,
        BUG,
        NO_SHARED_SUBSCRIPTIONS,
        DISK,
        NO_LOGIN(Limit.BROKER_LOGINS),
        TOO_LARGE(Limit.BROKER_PACKET),
        CONNECTIONS(Limit.BROKER_CONNECTIONS),
        MEMORY(Limit.BROKER_MEMORY),
        QUEUE(Limit.BROKER_QUEUE),
        RETAINED(Limit.BROKER_RETAINED),
        SUBSCRIPTIONS(Limit.BROKER_SUBSCRIPTIONS),
        SESSIONS(Limit.BROKER_SESSIONS);

        private final Optional<Limit> limit;

        Kind() {
            limit = Optional.empty();
        }

        Kind(Limit limit) {
            this.limit = Optional.of(limit);
        }
    }

    private static final class Line {
        private final LogThrottle throttle;
        private long left;
        private String latest = "";

        Line(LongSupplier nanoTime) {
            throttle = new LogThrottle(PAUSE_S, nanoTime);
        }
    }

    private final Map<Kind, Line> lines = new EnumMap<>(Kind.class);
    private final Supplier<Counters> counters;

    ClientLog(Supplier<Counters> counters, LongSupplier nanoTime) {
        this.counters = counters;
        for (Kind kind : Kind.values()) {
            lines.put(kind, new Line(nanoTime));
        }
    }

    /** Something went wrong, which the text tells in a whole sentence. */
    void say(Kind kind, Supplier<String> text) {
        if (due(kind, text)) {
            log(kind, text.get());
        }
    }

    private static void log(Kind kind, String text) {
        if (kind.limit.isPresent() || kind == Kind.DISK) {
            LOG.warn("{}", text);
        } else {
            LOG.info("{}", text);
        }
    }

    /** A fault of our own: its stack belongs to the line. */
    void bug(Supplier<String> text, Throwable cause) {
        if (due(Kind.BUG, text)) {
            LOG.error("{}", text.get(), cause);
        }
    }

    private boolean due(Kind kind, Supplier<String> text) {
        kind.limit.ifPresent(limit -> counters.get().reached(limit));
        Line line = line(kind);
        if (line.throttle.next().isPresent()) {
            return true;
        }
        line.left++;
        if (line.left == 1) {
            line.latest = text.get();
        }
        return false;
    }

    /** Once a second: tells how many were left out, when a minute is over. */
    void tick() {
        lines.forEach((kind, line) -> {
            if (line.left > 0 && line.throttle.next().isPresent()) {
                log(kind, line.left + " more like this in the last minute: " + line.latest);
                line.left = 0;
            }
        });
    }

    @SuppressWarnings("NullAway") // the constructor has put one for each kind
    private Line line(Kind kind) {
        return lines.get(kind);
    }
}
