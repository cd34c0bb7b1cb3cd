package org.bellwire.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.bellwire.api.EventMessage;
import org.bellwire.api.Message;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.EventOutlet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the events of the owned partitions in their order, and again what the broker did not acknowledge. Keeps nothing on disk:
 * they are in the log, and who reads it stops while there are {@value #FULL} here.
 */
final class OwnerOutlet implements EventOutlet {

    static final int FULL = 200;

    private static final Logger LOG = LoggerFactory.getLogger(OwnerOutlet.class);
    private static final Duration RETRY = Duration.ofMillis(500);
    /** While there is a connection. One that no broker takes must not hold up all others. */
    private static final int MAX_TRIES = 20;

    private final Bus bus;
    private final Duration maxAge;
    private final Clock clock;
    private final LongSupplier nanos;

    /** Not acknowledged, in order. */
    @GuardedBy("this")
    private final Deque<Entry> entries = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean broken;

    @GuardedBy("this")
    private long brokenAt;

    @GuardedBy("this")
    private int attempt;

    private static final class Entry extends CompletableFuture<Void> {
        private final EventMessage event;
        private final boolean history;
        private boolean acknowledged;
        private int tries;

        Entry(EventMessage event, boolean history) {
            this.event = event;
            this.history = history;
        }
    }

    OwnerOutlet(Bus bus, Duration maxAge, Clock clock, LongSupplier nanos) {
        this.bus = bus;
        this.maxAge = maxAge;
        this.clock = clock;
        this.nanos = nanos;
    }

    @Override
    public CompletionStage<Void> deliver(EventMessage event) {
        return add(new Entry(event, false));
    }

    @Override
    public CompletionStage<Void> deliverLate(EventMessage event) {
        return add(new Entry(event, true));
    }

    private synchronized CompletionStage<Void> add(Entry entry) {
        entries.add(entry);
        if (!broken) {
            send(entry);
        }
        return entry;
    }

    @GuardedBy("this")
    private void send(Entry entry) {
        boolean old = Duration.between(entry.event.time(), clock.instant()).compareTo(maxAge) > 0;
        Message message = entry.history || old ? entry.event.late() : entry.event.onTime();
        int now = attempt;
        entry.tries++;
        bus.publishPatiently(message).whenComplete((done, failure) -> {
            if (failure == null) {
                acknowledged(entry);
            } else {
                failed(now);
            }
        });
    }

    private void acknowledged(Entry entry) {
        synchronized (this) {
            entry.acknowledged = true;
            while (!entries.isEmpty() && entries.getFirst().acknowledged) {
                entries.removeFirst();
            }
        }
        entry.complete(null);
    }

    private synchronized void failed(int of) {
        if (of == attempt && !broken) {
            broken = true;
            brokenAt = nanos.getAsLong();
        }
    }

    /** Publishes again, in order, what has to be. */
    void retry() {
        List<Entry> hopeless = new ArrayList<>(1);
        synchronized (this) {
            if (!broken || nanos.getAsLong() - brokenAt < RETRY.toNanos() || !bus.isConnected()) {
                return;
            }
            broken = false;
            attempt++;
            if (!entries.isEmpty() && entries.getFirst().tries >= MAX_TRIES) {
                hopeless.add(entries.removeFirst());
            }
            for (Entry entry : List.copyOf(entries)) {
                if (!broken && !entry.acknowledged) {
                    send(entry);
                }
            }
        }
        hopeless.forEach(entry -> {
            LOG.error(
                    "phone {}: an event is left out, the broker did not take it {} times",
                    entry.event.phone(),
                    MAX_TRIES);
            entry.complete(null);
        });
    }

    /** Others publish for these phones now, from the log. */
    synchronized void forget() {
        entries.clear();
        attempt++;
        broken = false;
    }

    synchronized int size() {
        return entries.size();
    }
}
