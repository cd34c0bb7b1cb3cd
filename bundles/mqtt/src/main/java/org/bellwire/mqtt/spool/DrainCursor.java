package org.bellwire.mqtt.spool;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bellwire.mqtt.publish.PendingPublish;

/**
 * Which events of the spool are in flight over one connection, and which is next. Guarded as {@link SpoolDrain} is.
 */
final class DrainCursor {

    /** So long the broker is waited for, in nanoseconds, before an event goes to disk. */
    static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(250);

    /** Leaves the larger part of the window's permits to states, results and announcements. */
    static final int WIDTH = 200;

    private final PendingPublish.Owner window;
    /** Number to the time it was sent, oldest first. */
    private final Map<Long, Long> underWay = new LinkedHashMap<>();

    private long last;

    DrainCursor(PendingPublish.Owner window) {
        this.window = window;
    }

    PendingPublish.Owner window() {
        return window;
    }

    /** It is under way already, sent before it had a place in the spool. */
    void holds(long number, long since) {
        underWay.put(number, since);
    }

    boolean isHolding(long number) {
        return underWay.containsKey(number);
    }

    void sent(long number, long now) {
        underWay.put(number, now);
        skipTo(number);
    }

    void skipTo(long number) {
        last = Math.max(last, number);
    }

    void acknowledged(long number) {
        underWay.remove(number);
    }

    /** It did not get away: it is next again. */
    void failed(long number) {
        underWay.remove(number);
        last = Math.min(last, number - 1);
    }

    /** All numbers up to this one need not be sent over this connection. */
    long last() {
        return last;
    }

    /** How many more may go now. None while the broker keeps us waiting: what it has not read would only grow old. */
    int room(long now) {
        boolean stalled =
                !underWay.isEmpty() && now - underWay.values().iterator().next() > PATIENCE;
        return stalled || !window.isOpen() ? 0 : WIDTH - underWay.size();
    }

    boolean isHalfEmpty() {
        return underWay.size() <= WIDTH / 2;
    }
}
