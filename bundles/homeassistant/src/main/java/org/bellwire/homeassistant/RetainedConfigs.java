package org.bellwire.homeassistant;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;

/**
 * Reads back what the broker keeps of ours: one component after the other, since a broker that has to send all at once drops
 * some. Each is over when nothing came for a moment, and at the latest after some seconds.
 */
final class RetainedConfigs {

    static final int MAX_WAITING = 5000;
    static final int MAX_WAITING_BYTES = 4 << 20;

    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long UNANSWERED = TimeUnit.SECONDS.toNanos(3);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);
    private static final int LOOK_MS = 100;
    private static final int AT_ONCE = 2000;

    private final BuildingTopics topics;
    private final ScheduledExecutorService thread;
    private final LongSupplier nanos;
    private final LimitLog limits;
    private final Reader reader;
    private final Deque<String> components = new ArrayDeque<>();
    private Optional<Reading> now = Optional.empty();

    /** Who wants to know what is found. */
    interface Reader {
        ConfigTopics configs();

        /** This is known and wanted, and need not be read. Called on any thread. */
        boolean isKnown(String component, String object);

        void found(FoundConfig config);

        /** All components have been read. */
        void done();
    }

    RetainedConfigs(
            BuildingTopics topics,
            ScheduledExecutorService thread,
            LongSupplier nanos,
            LimitLog limits,
            Reader reader) {
        this.topics = topics;
        this.thread = thread;
        this.nanos = nanos;
        this.limits = limits;
        this.reader = reader;
    }

    /** Begins anew. */
    void read() {
        stop();
        components.add(ConfigTopics.DEVICE);
        components.addAll(new TreeSet<>(EntityTable.components()));
        next();
    }

    void stop() {
        now.ifPresent(Reading::close);
        now = Optional.empty();
        components.clear();
    }

    private void next() {
        String component = components.poll();
        if (component == null) {
            reader.done();
            return;
        }
        Reading reading = new Reading(component, reader.configs().filter(component), nanos.getAsLong());
        now = Optional.of(reading);
        reading.open();
        look(reading);
    }

    /** Looks at what has come, and whether it was all. */
    private void look(Reading reading) {
        if (!now.equals(Optional.of(reading))) {
            return; // begun anew meanwhile
        }
        reading.take();
        if (reading.isOver(nanos.getAsLong())) {
            reading.close();
            now = Optional.empty();
            next();
        } else {
            thread.schedule(() -> look(reading), LOOK_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** One component. */
    private final class Reading implements BuildingTopics.Listener {

        private final String component;
        private final String filter;
        private final String begin;
        private final long started;
        private final ArrayBlockingQueue<BuildingTopics.Arrival> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
        private final AtomicInteger waitingBytes = new AtomicInteger();
        private volatile long last;
        private volatile boolean subscribed;
        private Bus.Subscription subscription = () -> {};

        Reading(String component, String filter, long started) {
            this.component = component;
            this.filter = filter;
            this.started = started;
            begin = filter.substring(0, filter.length() - "+/config".length()) + ConfigTopics.OURS;
        }

        void open() {
            subscription = topics.listen(this);
        }

        void close() {
            subscription.close();
        }

        @Override
        public String filter() {
            return filter;
        }

        @Override
        public int qos() {
            return 0;
        }

        @Override
        public void connected() {
            last = nanos.getAsLong();
            subscribed = true;
        }

        @Override
        public void arrived(BuildingTopics.Arrival arrival) {
            last = nanos.getAsLong();
            if (!arrival.retained()
                    || arrival.payload().isEmpty()
                    || !arrival.topic().startsWith(begin)) {
                return;
            }
            int size = arrival.topic().length() + arrival.payload().length();
            if (reader.isKnown(component, object(arrival))) {
                return;
            }
            if (waitingBytes.get() + size > MAX_WAITING_BYTES || !waiting.offer(arrival)) {
                limits.reached(
                        Limit.HOMEASSISTANT_CONFIGS,
                        () -> "More configs are kept below " + filter
                                + " than are read at once: those of phones that went"
                                + " away meanwhile may stay until the next connection to the broker;"
                                + " 'style = device' needs fewer");
                return;
            }
            waitingBytes.addAndGet(size);
        }

        private String object(BuildingTopics.Arrival arrival) {
            String topic = arrival.topic();
            return topic.substring(begin.length() - ConfigTopics.OURS.length(), topic.length() - "/config".length());
        }

        void take() {
            for (int i = 0; i < AT_ONCE; i++) {
                BuildingTopics.Arrival arrival = waiting.poll();
                if (arrival == null) {
                    return;
                }
                waitingBytes.addAndGet(
                        -arrival.topic().length() - arrival.payload().length());
                FoundConfig.of(component, object(arrival), arrival.payload(), topics.root())
                        .ifPresent(reader::found);
            }
        }

        boolean isOver(long time) {
            if (!waiting.isEmpty()) {
                return false;
            }
            boolean quiet = subscribed && time - last >= QUIET;
            return quiet || (!subscribed && time - started >= UNANSWERED) || time - started >= LONGEST;
        }
    }
}
