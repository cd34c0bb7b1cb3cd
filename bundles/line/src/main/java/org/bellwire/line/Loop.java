package org.bellwire.line;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that waits for all phones at a time: for connections that are ready, for tasks from elsewhere, for deadlines. */
final class Loop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final int STOP_MS = 1000;

    /** Something that waits. All methods are called on the loop's thread, and none may wait. */
    interface Guest {
        /** What the guest's connection was registered for can be done. */
        void ready();

        /** The guest's deadline has passed. */
        void expired();

        /** The loop is over. */
        void stopped();
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

        /** Changes the deadline, in {@link System#nanoTime()}. */
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
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final TreeSet<Place> places = new TreeSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final Thread thread;
    private long count;
    private volatile int present;
    private volatile boolean stopping;
    private volatile boolean over;

    Loop(String name) throws IOException {
        selector = Selector.open();
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs the task on the loop's thread; on the caller's once the loop is over. At once if this is that thread. */
    void execute(Runnable task) {
        if (Thread.currentThread() == thread) {
            task.run();
            return;
        }
        tasks.add(task);
        selector.wakeup();
        if (over) {
            runTasks();
        }
    }

    boolean isOver() {
        return over;
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

    private void run() {
        while (!stopping) {
            try {
                selector.select(key -> ((Guest) key.attachment()).ready(), untilFirstDeadline());
                runTasks();
                expire();
            } catch (IOException | RuntimeException | LinkageError e) {
                LOG.error("the line met a fault of Bellwire", e);
            }
            present = places.size();
        }
        over = true;
        runTasks();
        new ArrayList<>(places).forEach(place -> place.guest.stopped());
    }

    /** In milliseconds, at least one; 0 for ever. */
    private long untilFirstDeadline() {
        return places.isEmpty()
                ? 0
                : Math.max(1, TimeUnit.NANOSECONDS.toMillis(places.first().deadline - System.nanoTime()) + 1);
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void expire() {
        while (!places.isEmpty() && places.first().deadline - System.nanoTime() <= 0) {
            Place first = places.first();
            first.leave();
            first.guest.expired();
        }
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
