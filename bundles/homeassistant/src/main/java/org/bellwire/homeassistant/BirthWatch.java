package org.bellwire.homeassistant;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for Home Assistant to say that it has started, and answers after a random moment, so that not everybody in the building
 * answers at once, and not more often than each 30 s.
 */
final class BirthWatch implements AutoCloseable {

    static final long PAUSE = TimeUnit.SECONDS.toNanos(30);
    static final long EARLIEST = TimeUnit.MILLISECONDS.toNanos(200);
    static final long LATEST = TimeUnit.SECONDS.toNanos(3);

    private static final Logger LOG = LoggerFactory.getLogger(BirthWatch.class);

    private final ScheduledExecutorService thread;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final Runnable answer;
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile Optional<Long> last = Optional.empty();
    private Bus.Subscription subscription = () -> {};
    private String topic = "";

    BirthWatch(ScheduledExecutorService thread, LongSupplier nanos, RandomGenerator random, Runnable answer) {
        this.thread = thread;
        this.nanos = nanos;
        this.random = random;
        this.answer = answer;
    }

    /** From now on on this topic. */
    synchronized void listen(BuildingTopics topics, ConfigTopics configs) {
        if (topic.equals(configs.status())) {
            return;
        }
        subscription.close();
        topic = configs.status();
        String filter = topic;
        subscription = topics.listen(new BuildingTopics.Listener() {
            @Override
            public String filter() {
                return filter;
            }

            @Override
            public void arrived(BuildingTopics.Arrival arrival) {
                if (arrival.payload().equals("online") && !arrival.retained()) {
                    born();
                }
            }
        });
    }

    private void born() {
        if (due.compareAndSet(false, true)) {
            long now = nanos.getAsLong();
            long jitter = EARLIEST + random.nextLong(LATEST - EARLIEST);
            long pause = last.map(before -> before + PAUSE - now).orElse(0L);
            try {
                thread.schedule(this::answer, Math.max(jitter, pause), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("stopping: nobody is answered");
            }
        }
    }

    private void answer() {
        due.set(false);
        last = Optional.of(nanos.getAsLong());
        answer.run();
    }

    @Override
    public synchronized void close() {
        subscription.close();
    }
}
