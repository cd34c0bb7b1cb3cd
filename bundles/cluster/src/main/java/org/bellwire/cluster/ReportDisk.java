package org.bellwire.cluster;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.runtime.LogThrottle;
import org.bellwire.cluster.ClusterSettings.SpoolBounds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of the reports is on this gateway's disk: opened when it is needed, closed when it has been empty for a while. */
final class ReportDisk {

    private static final Logger LOG = LoggerFactory.getLogger(ReportDisk.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration LAZY = Duration.ofMillis(50);

    private final ReportStore store;
    private final SpoolBounds bounds;
    private final LimitLog limits;
    private final Clock clock;
    private final LongSupplier nanos;
    private final LogThrottle expiries;
    private final List<Long> toRemove = new ArrayList<>();
    private Optional<String> fault = Optional.empty();
    private final long startedAt;
    private long nextTry;
    private long usedAt;
    private long removedAt;
    private long count;
    private boolean unread;

    ReportDisk(ReportStore store, SpoolBounds bounds, LimitLog limits, Clock clock, LongSupplier nanos) {
        this.store = store;
        this.bounds = bounds;
        this.limits = limits;
        this.clock = clock;
        this.nanos = nanos;
        expiries = new LogThrottle(60, nanos);
        unread = store.exists();
        nextTry = nanos.getAsLong();
        startedAt = nextTry;
        usedAt = nextTry;
        removedAt = nextTry;
    }

    /** Nothing on it has to go first; true also where it does not work, since then nothing goes there. */
    boolean isEmpty() {
        return fault.isPresent() || (!unread && count == 0);
    }

    long count() {
        return count;
    }

    /** Looks into what an earlier run left; closes what is not needed any more. */
    void tend() {
        long now = nanos.getAsLong();
        if ((unread || fault.isPresent()) && now - nextTry >= 0) {
            tryToOpen();
        }
        if (store.isOpen() && count == 0 && toRemove.isEmpty() && now - usedAt > IDLE.toNanos()) {
            store.close();
        }
    }

    private void tryToOpen() {
        try {
            store.open();
            count = store.count();
            if (count > 0 && unread) {
                LOG.info("{} reports of an earlier run wait for Kafka", count);
            }
            unread = false;
            if (fault.isPresent()) {
                LOG.info("the disk for reports works again");
            }
            fault = Optional.empty();
        } catch (IOException | RuntimeException e) {
            broken(e);
        }
    }

    /** Writes these, and then promises them; what cannot be is refused. */
    void write(List<PendingReport> reports) {
        if (reports.isEmpty()) {
            return;
        }
        usedAt = nanos.getAsLong();
        if (!store.isOpen() && (fault.isEmpty() || usedAt - nextTry >= 0)) {
            tryToOpen();
        }
        List<PendingReport> fitting = new ArrayList<>();
        long size = store.bytes();
        for (PendingReport each : reports) {
            size += each.bytes().length;
            boolean fits = count + fitting.size() < bounds.maxEvents() && size <= bounds.maxBytes();
            if (fault.isPresent()) {
                each.refuse("Kafka did not answer, and the disk does not work: " + fault.get());
            } else if (fits) {
                fitting.add(each);
            } else {
                each.refuse("the spool is full");
                limits.reached(
                        Limit.SPOOL,
                        () ->
                                "The spool is full of reports that Kafka does not take: more are refused. See that Kafka works, and"
                                        + " max.events and max.mb in org.bellwire.spool.cfg");
            }
        }
        writeFitting(fitting);
    }

    private void writeFitting(List<PendingReport> reports) {
        Map<Long, byte[]> added = new HashMap<>();
        for (PendingReport each : reports) {
            each.number(store.nextNumber());
            added.put(each.number(), each.bytes());
        }
        try {
            if (!added.isEmpty()) {
                store.write(added, toRemove);
                toRemove.clear();
                count = store.count();
                reports.forEach(each -> each.complete(null));
            }
        } catch (IOException | RuntimeException e) {
            broken(e);
            reports.forEach(each -> {
                each.number(0);
                each.refuse("the disk does not work");
            });
        }
    }

    Map<Long, byte[]> read(long after, int max) {
        if (!store.isOpen() || count == 0) {
            return Map.of();
        }
        try {
            return store.read(after, max);
        } catch (IOException | RuntimeException e) {
            broken(e);
            return Map.of();
        }
    }

    /**
     * Has waited for longer than reports are kept: not to be published any more. Says so. The clock may jump, so it alone removes
     * nothing: this process must have had it for so long, too.
     */
    boolean isExpired(Instant time) {
        boolean had = nanos.getAsLong() - startedAt > bounds.keep().toNanos();
        if (!had || !time.isBefore(clock.instant().minus(bounds.keep()))) {
            return false;
        }
        expiries.next()
                .ifPresent(left -> LOG.warn(
                        "a report of {} waited on this gateway's disk for longer than keep.h in org.bellwire.spool.cfg and is removed"
                                + " unpublished ({} more since the last such line)",
                        time,
                        left));
        return true;
    }

    /** It is in Kafka: need not be noted on disk at once. */
    void remove(long number) {
        toRemove.add(number);
    }

    /** Notes what has left. */
    void removeNow(boolean all) {
        long now = nanos.getAsLong();
        if (toRemove.isEmpty() || !store.isOpen() || (!all && now - removedAt < LAZY.toNanos())) {
            return;
        }
        removedAt = now;
        try {
            store.write(Map.of(), toRemove);
            toRemove.clear();
            count = store.count();
        } catch (IOException | RuntimeException e) {
            broken(e);
        }
    }

    void close() {
        removeNow(true);
        store.close();
    }

    private void broken(Exception e) {
        nextTry = nanos.getAsLong() + RETRY.toNanos();
        store.close();
        if (fault.isEmpty()) {
            LOG.warn("{}; until this is right, reports that Kafka does not take are refused", e.getMessage());
        }
        LOG.debug("the failure itself", e);
        fault = Optional.of(String.valueOf(e.getMessage()));
    }
}
