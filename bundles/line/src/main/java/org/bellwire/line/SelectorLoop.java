package org.bellwire.line;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.api.runtime.LogThrottle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with a selector for all phones: ready connections, tasks of other threads, deadlines. A failure ends the
 * connection or task that it belongs to and nothing else.
 */
final class SelectorLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SelectorLoop.class);
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final int STOP_MS = 1000;
    private static final long BROKEN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LOG_PAUSE_S = 60;

    /** Something that waits. All methods are called on the loop's thread, and none may wait or take long. */
    interface Guest {
        /** What the guest's connection was registered for can be done. */
        void ready();

        /** The guest's deadline has passed. */
        void expired();

        /** It is over for the guest: the loop ends, or the guest met a fault of Bellwire. It has to close what it holds. */
        void failed(Throwable reason);
    }

    /** A guest's presence and its deadline. */
    final class Place implements Comparable<Place> {
        private final Guest guest;
        private final long number = ++count;
        private long deadline;

        private Place(Guest guest, long deadline) {
            this.guest = guest;
            this.deadline = deadline;
        }

        /** Changes the deadline, in the loop's {@link #now()}. */
        void until(long other) {
            places.remove(this);
            deadline = other;
            places.add(this);
        }

        /** No deadline and no end of the loop concerns this guest from now on. */
        void leave() {
            places.remove(this);
        }

        @Override
        public int compareTo(Place other) {
            int order = Long.signum(deadline - other.deadline);
            return order == 0 ? Long.compare(number, other.number) : order;
        }
    }

    private final Selector selector;
    private final LongSupplier nanoTime;
    private final LogThrottle faults;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final TreeSet<Place> places = new TreeSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final Thread thread;
    private long count;
    private volatile int present;
    private volatile boolean stopping;
    private volatile boolean over;

    /** @param nanoTime such as {@code System::nanoTime}: all deadlines are in it */
    SelectorLoop(String name, LongSupplier nanoTime) throws IOException {
        this.nanoTime = nanoTime;
        faults = new LogThrottle(LOG_PAUSE_S, nanoTime);
        selector = Selector.open();
        thread = DaemonThreads.of(name, this::run);
    }

    void start() {
        thread.start();
    }

    /** Runs the task on the loop's thread; on the caller's once the loop is over. At once if this is that thread. */
    void execute(Runnable task) {
        if (Thread.currentThread() == thread) {
            task.run();
            return;
        }
        later(task);
        if (over) {
            runTasks();
        }
    }

    /** Runs the task on the loop's thread, but not within this call. */
    void later(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    boolean isOver() {
        return over;
    }

    /** The time by which deadlines are told. */
    long now() {
        return nanoTime.getAsLong();
    }

    Place enter(Guest guest, long deadline) {
        Place place = new Place(guest, deadline);
        places.add(place);
        return place;
    }

    SelectionKey register(SocketChannel channel, int operations, Guest guest) throws IOException {
        return channel.register(selector, operations, guest);
    }

    /** Closes a connection, if there is one; nothing can be done about a failure. */
    void drop(@Nullable SocketChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("closing a connection: {}", e.getMessage());
            }
        }
    }

    /** For what a guest reads while it is called; its content is lost afterwards. */
    ByteBuffer buffer() {
        return buffer.clear();
    }

    /** How many guests there are. */
    int guests() {
        return present;
    }

    /** How long until the first deadline, by the loop's time; negative if there is none. */
    long nanosToDeadline() {
        CompletableFuture<Long> nanos = new CompletableFuture<>();
        execute(() -> nanos.complete(places.isEmpty() ? -1 : Math.max(0, places.first().deadline - now())));
        return nanos.join();
    }

    /** How many connections the selector watches. */
    int watched() {
        return selector.keys().size();
    }

    private void run() {
        while (!stopping) {
            select();
            runTasks();
            expire();
            present = places.size();
        }
        over = true;
        runTasks();
        new ArrayList<>(places).forEach(place -> fail(place.guest, new AsynchronousCloseException()));
        present = places.size();
    }

    private void select() {
        try {
            selector.select(this::serve, untilFirstDeadline());
        } catch (IOException | RuntimeException | Error e) {
            tell(e);
            // Whatever is wrong with the selector is wrong at the next try as well: that must not keep a processor
            // busy.
            LockSupport.parkNanos(BROKEN_PAUSE_NANOS);
        }
    }

    private void serve(SelectionKey key) {
        Guest guest = (Guest) key.attachment();
        try {
            guest.ready();
        } catch (RuntimeException | Error e) {
            tell(e);
            if (!fail(guest, e)) {
                drop((SocketChannel) key.channel());
            }
        }
    }

    /** In milliseconds, at least one; 0 for ever. */
    private long untilFirstDeadline() {
        return places.isEmpty() ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(places.first().deadline - now()) + 1);
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                tell(e);
            }
        }
    }

    private void expire() {
        while (!places.isEmpty() && places.first().deadline - now() <= 0) {
            Place first = places.first();
            first.leave();
            try {
                first.guest.expired();
            } catch (RuntimeException | Error e) {
                tell(e);
                fail(first.guest, e);
            }
        }
    }

    private boolean fail(Guest guest, Throwable reason) {
        try {
            guest.failed(reason);
            return true;
        } catch (RuntimeException | Error e) {
            tell(e);
            return false;
        }
    }

    private void tell(Throwable fault) {
        faults.next()
                .ifPresent(left -> LOG.error(
                        "a fault of Bellwire on the way to a phone; the request ends, others go on; {} more since the last such line",
                        left,
                        fault));
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        selector.wakeup();
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }
}
