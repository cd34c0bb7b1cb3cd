package org.bellwire.homeassistant;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.homeassistant.Transition.Outgoing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes configs beside the events: few at a time, for a few milliseconds, then a rest ten times as long. The publisher of
 * the phones' topics and this one together leave room among the messages in flight.
 */
final class ConfigSender {

    static final int IN_FLIGHT = 32;
    static final int ROUND_BYTES = 64 << 10;
    static final long REST = TimeUnit.MILLISECONDS.toNanos(50);

    private static final Logger LOG = LoggerFactory.getLogger(ConfigSender.class);
    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(5);

    private final BuildingTopics topics;
    private final ScheduledExecutorService thread;
    private final LongSupplier nanos;
    private final Supplier<Optional<Batch>> source;
    private final AtomicBoolean awake = new AtomicBoolean();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Queue<Batch> over = new ConcurrentLinkedQueue<>(); // no more than are in flight
    private final Deque<Outgoing> left = new ArrayDeque<>();
    private Optional<Batch> current = Optional.empty();
    private volatile long notBefore;
    private volatile boolean connected;

    /** Messages that belong together. */
    static final class Batch {
        private final List<Outgoing> messages;
        private final Runnable acknowledged;
        private final Runnable failed;
        private final AtomicInteger missing;
        private volatile boolean failure;

        /**
         * At least one message.
         *
         * @param acknowledged runs on the sender's thread when the broker has all
         * @param failed runs there if it may not have
         */
        Batch(List<Outgoing> messages, Runnable acknowledged, Runnable failed) {
            this.messages = messages;
            this.acknowledged = acknowledged;
            this.failed = failed;
            missing = new AtomicInteger(messages.size());
        }
    }

    /** @param source gives the next batch, on the sender's thread; empty: there is nothing to say now */
    ConfigSender(
            BuildingTopics topics,
            ScheduledExecutorService thread,
            LongSupplier nanos,
            Supplier<Optional<Batch>> source) {
        this.topics = topics;
        this.thread = thread;
        this.nanos = nanos;
        this.source = source;
        notBefore = nanos.getAsLong();
    }

    void connected(boolean now) {
        connected = now;
        wake();
    }

    /** There may be something to say. Any thread. */
    void wake() {
        if (awake.compareAndSet(false, true)) {
            try {
                thread.schedule(this::go, Math.max(0, notBefore - nanos.getAsLong()), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("stopping: what the broker keeps stays so");
            }
        }
    }

    private void go() {
        awake.set(false);
        if (notBefore - nanos.getAsLong() > 0) { // woken during the last round, when its rest was not known
            wake();
            return;
        }
        boolean more = false;
        try {
            more = round();
        } catch (RuntimeException e) {
            LOG.error("announcing failed: this is a bug", e);
        }
        notBefore = nanos.getAsLong() + REST;
        if (more) {
            wake();
        }
    }

    /** True: there is more to say than one round may. */
    private boolean round() {
        long end = nanos.getAsLong() + ROUND;
        int bytes = 0;
        finish();
        while (connected) {
            if (inFlight.get() >= IN_FLIGHT) {
                return false; // the next acknowledgement wakes it
            }
            if (bytes > ROUND_BYTES || nanos.getAsLong() - end > 0) {
                return true;
            }
            if (left.isEmpty()) {
                current = source.get();
                current.ifPresent(batch -> left.addAll(batch.messages));
            }
            Outgoing next = left.poll();
            if (next == null) {
                return false;
            }
            bytes += next.size();
            send(next, current.orElseThrow());
        }
        abandon();
        return false;
    }

    private void send(Outgoing message, Batch batch) {
        inFlight.incrementAndGet();
        topics.publish(message.topic(), message.payload(), message.retained()).whenComplete((done, failure) -> {
            inFlight.decrementAndGet();
            settle(batch, 1, failure != null);
            wake();
        });
    }

    private void settle(Batch batch, int messages, boolean failure) {
        batch.failure |= failure;
        if (batch.missing.addAndGet(-messages) == 0) {
            over.add(batch);
        }
    }

    /** There is no connection: what has not been sent is not. */
    private void abandon() {
        if (!left.isEmpty()) {
            settle(current.orElseThrow(), left.size(), true);
            left.clear();
            finish();
        }
    }

    private void finish() {
        for (Batch batch = over.poll(); batch != null; batch = over.poll()) {
            (batch.failure ? batch.failed : batch.acknowledged).run();
        }
    }
}
