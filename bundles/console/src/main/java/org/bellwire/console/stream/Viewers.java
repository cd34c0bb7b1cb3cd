package org.bellwire.console.stream;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** All who look on. What happens is put down at once; a thread of the page's own then hands it to them. */
public final class Viewers {

    /** Streams at a time. */
    public static final int MOST = 50;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final EventFeed feed;
    private final Executor thread;
    private final LongSupplier nanos;
    private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean asked = new AtomicBoolean();

    public Viewers(EventFeed feed, Executor thread, LongSupplier nanos) {
        this.feed = feed;
        this.thread = thread;
        this.nanos = nanos;
    }

    /** Tells it to all, without waiting. */
    public void tell(String type, String json) {
        feed.add(type, json);
        wake();
    }

    private void wake() {
        if (!viewers.isEmpty() && asked.compareAndSet(false, true)) {
            try {
                thread.execute(() -> {
                    asked.set(false);
                    pumpAll();
                });
            } catch (RejectedExecutionException e) {
                asked.set(false); // the page is about to end
            }
        }
    }

    private void pumpAll() {
        long now = nanos.getAsLong();
        viewers.forEach(viewer -> viewer.pump(now));
        viewers.removeIf(Viewer::isEnded);
    }

    public boolean isFull() {
        return viewers.size() >= MOST;
    }

    public int count() {
        return viewers.size();
    }

    /**
     * Takes one in, unless there are {@value #MOST} already. What it missed comes first, as far as it is there; if not, an event
     * {@code reset} says so.
     *
     * @param session by which it came; empty: the token
     * @param recent who comes for the first time sees so many of the last
     */
    public synchronized Optional<Viewer> join(Outlet outlet, String session, Optional<String> lastId, int recent) {
        if (isFull()) {
            return Optional.empty();
        }
        Optional<Long> from = lastId.flatMap(feed::resume);
        boolean missed = lastId.isPresent() && from.isEmpty();
        String first = "retry: 2000\n" + (missed ? "event: reset\ndata: {}\n\n" : ":\n\n");
        Viewer viewer = new Viewer(
                feed,
                outlet,
                session,
                from.orElseGet(() -> feed.before(missed ? 0 : recent)),
                first,
                nanos.getAsLong());
        viewers.add(viewer);
        return Optional.of(viewer);
    }

    /** Writes to one that takes more again. */
    public void goOn(Viewer viewer) {
        viewer.pump(nanos.getAsLong());
    }

    public void leave(Viewer viewer) {
        viewer.end();
        viewers.remove(viewer);
    }

    /** Ends those that do not read or are no longer logged in, and shows the others that the line is alive. */
    public void tidy(Predicate<String> mayStay) {
        long now = nanos.getAsLong();
        for (Viewer viewer : viewers) {
            if (viewer.isStuck(now, PATIENCE) || !mayStay.test(viewer.session())) {
                leave(viewer);
            } else {
                viewer.keepAlive();
            }
        }
        wake();
    }

    public void endAll() {
        viewers.forEach(this::leave);
    }
}
