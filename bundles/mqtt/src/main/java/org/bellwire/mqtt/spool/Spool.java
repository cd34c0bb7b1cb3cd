package org.bellwire.mqtt.spool;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bellwire.api.runtime.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread with the disk: writes what is to be promised, many events with one commit, and reads what the broker has yet to
 * get. It opens the store when there is something to write, and gives it back when it has been empty for a while.
 */
public final class Spool {

    private static final Logger log = LoggerFactory.getLogger(Spool.class);

    /** Between two commits, so that a storm needs few. */
    private static final Duration LINGER = Duration.ofMillis(2);

    private static final Duration BUSY = Duration.ofMillis(50);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofHours(1);
    private static final int STOP_S = 3;
    private static final int PAGE = 1000;

    private final EventDelivery delivery;
    private final EventStore store;
    private final LongSupplier nanos;
    private final Thread thread = DaemonThreads.of("bellwire-spool", this::run);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private boolean open;
    private boolean toldFull;
    private Optional<String> fault = Optional.empty();
    private long nextTry;
    private long lastWrite;
    private long nextSweep;
    private Optional<Long> emptySince = Optional.empty();

    /** @param nanos as of {@link System#nanoTime()} */
    public Spool(EventDelivery delivery, EventStore store, LongSupplier nanos) {
        this.delivery = delivery;
        this.store = store;
        this.nanos = nanos;
        nextTry = nanos.getAsLong();
        lastWrite = nextTry - BUSY.toNanos();
        nextSweep = nextTry;
    }

    public void start() {
        thread.start();
    }

    /**
     * Takes nothing more, and ends when all that was taken is on disk or refused. Does not interrupt the thread: that would
     * close the file under it.
     */
    public void stop() throws InterruptedException {
        delivery.stop();
        stopping.countDown();
        thread.join(TimeUnit.SECONDS.toMillis(STOP_S));
    }

    private void run() {
        try {
            check();
            while (stopping.getCount() > 0) {
                roundWhateverHappens();
            }
            do {
                round();
            } while (open && delivery.isWaiting());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            store.close();
        }
    }

    /** Without this thread no event would be promised any more. */
    private void roundWhateverHappens() throws InterruptedException {
        try {
            round();
        } catch (RuntimeException | Error e) {
            log.error("this is a bug; trying again", e);
            stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void round() throws InterruptedException {
        delivery.await(longestWait());
        boolean waiting = delivery.spillWhatIsLate();
        if (!open && (waiting || delivery.isUnread() || fault.isPresent())) {
            tryToOpen();
        }
        if (open) {
            Backlog.Batch batch =
                    delivery.takeBatch(stopping.getCount() == 0 || nanos.getAsLong() - lastWrite >= BUSY.toNanos());
            try {
                write(batch);
                expire();
                drain();
                closeWhenIdle();
            } catch (IOException | RuntimeException | Error e) {
                broken(batch, e);
            }
        }
        tellWhetherFull();
    }

    private void check() {
        try {
            store.check();
        } catch (IOException e) {
            broken(Backlog.Batch.EMPTY, e);
        }
    }

    private Duration longestWait() {
        if (open) {
            return delivery.size() > 0 ? BUSY : IDLE;
        }
        return fault.isPresent() ? RETRY : delivery.isUnread() ? Duration.ZERO : SWEEP;
    }

    private void tryToOpen() {
        if (nanos.getAsLong() - nextTry < 0) {
            return;
        }
        try {
            EventStore.Contents contents = store.open();
            open = true;
            delivery.opened(contents);
            if (fault.isPresent()) {
                log.info("works again");
            }
            if (contents.size().count() > 0) {
                log.info("{} events wait for the broker", contents.size().count());
            }
            fault = Optional.empty();
        } catch (IOException | RuntimeException | LinkageError e) {
            broken(Backlog.Batch.EMPTY, e);
        }
    }

    private void write(Backlog.Batch batch) throws IOException, InterruptedException {
        if (!batch.isEmpty()) {
            delivery.written(batch, store.write(batch.stored(), batch.removed()));
            lastWrite = nanos.getAsLong();
        }
        if (!batch.added().isEmpty()) {
            stopping.await(LINGER.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Removes what is older than events are kept, at the start and from hour to hour. */
    private void expire() throws IOException {
        long now = nanos.getAsLong();
        if (now - nextSweep < 0) {
            return;
        }
        nextSweep = now + SWEEP.toNanos();
        int total = 0;
        List<StoredEvent> page;
        List<Long> old;
        do {
            page = read(0, PAGE);
            old = page.stream()
                    .takeWhile(delivery::isExpired)
                    .map(StoredEvent::number)
                    .toList();
            if (!old.isEmpty()) {
                delivery.dropped(old.size(), store.write(List.of(), old));
            }
            total += old.size();
        } while (!old.isEmpty() && old.size() == page.size());
        if (total > 0) {
            long hours = delivery.settings().keep().toHours();
            log.warn("{} events were older than {} h and are removed unpublished: see keep.h", total, hours);
        }
    }

    private void drain() throws IOException {
        Optional<SpoolDrain.Feed> feed = delivery.outflow().feed();
        if (feed.isEmpty()) {
            return;
        }
        List<StoredEvent> next = read(feed.get().after(), feed.get().max());
        if (next.isEmpty()) {
            delivery.outflow().exhausted(feed.get(), store.write(List.of(), List.of()));
        }
        for (StoredEvent stored : next) {
            if (!delivery.outflow().send(feed.get(), stored)) {
                return;
            }
        }
    }

    /** The next events. None is at the end of what is on disk, not where a page holds only what cannot be read. */
    private List<StoredEvent> read(long after, int max) throws IOException {
        EventStore.Page page;
        do {
            page = readPage(after, max);
        } while (page.events().isEmpty() && page.unreadable() + page.foreign() > 0);
        return page.events();
    }

    private EventStore.Page readPage(long after, int max) throws IOException {
        EventStore.Page page = store.read(after, max);
        if (page.unreadable() > 0) {
            log.error("{} events are damaged on disk and lost: check the disk", page.unreadable());
        }
        if (page.unreadable() + page.foreign() > 0) {
            delivery.dropped(page.unreadable() + page.foreign(), store.write(List.of(), List.of()));
        }
        return page;
    }

    /** An empty store costs memory for nothing. */
    private void closeWhenIdle() {
        long now = nanos.getAsLong();
        if (delivery.size() > 0) {
            emptySince = Optional.empty();
        } else if (emptySince.isEmpty()) {
            emptySince = Optional.of(now);
        } else if (now - emptySince.get() >= IDLE.toNanos()) {
            store.close();
            open = false;
        }
    }

    private void broken(Backlog.Batch batch, Throwable failure) {
        store.close();
        open = false;
        nextTry = nanos.getAsLong() + RETRY.toNanos();
        String reason = String.valueOf(failure.getMessage());
        if (fault.isEmpty() && failure instanceof IOException) {
            log.warn("{}; until this is right, events that the broker does not take are refused", reason);
        } else if (fault.isEmpty()) {
            log.error("this is a bug; trying again, until then events may be refused", failure);
        }
        log.debug("the failure itself", failure);
        fault = Optional.of(reason);
        delivery.broken(batch, reason);
    }

    private void tellWhetherFull() {
        boolean full = delivery.isFull();
        if (full && !toldFull) {
            log.warn(
                    "full with {} events: more are refused until the broker takes them; see max.events and max.mb in {}",
                    delivery.size(),
                    SpoolSettings.FILE);
        } else if (!full && toldFull) {
            log.info("has room again");
        }
        toldFull = full;
    }
}
