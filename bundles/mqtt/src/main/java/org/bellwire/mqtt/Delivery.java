package org.bellwire.mqtt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.bellwire.api.EventMessage;
import org.bellwire.api.Message;
import org.bellwire.api.port.BusStatistics;

/**
 * Knows where each event is: on its way to the broker, waiting for the disk, or on disk. As long as the spool is empty events go
 * to the broker; one that is not acknowledged in time goes to disk with all behind it, and all to come queue there until the
 * spool is empty again. Never blocks; the spool's thread does what needs the disk. Promises complete outside the lock.
 */
final class Delivery {

    static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(250);

    private static final int BATCH = 2000;
    /** Of payload that waits in memory for the disk. */
    private static final int MAX_PENDING_CHARS = 16 << 20;

    private final Publisher publisher;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Tally tally = new Tally();
    private final ReentrantLock lock = new ReentrantLock();
    private final Semaphore work = new Semaphore(0);
    /** Given to the connection and not acknowledged, in order; acknowledged ones leave when they reach the head. */
    private final ArrayDeque<Parcel> directs = new ArrayDeque<>();

    private final ArrayDeque<Parcel> pending = new ArrayDeque<>();
    private final Set<Long> toRemove = new LinkedHashSet<>();
    private SpoolSettings settings;
    private Drain drain = new Drain(Window.closed("there is no connection to the broker"));
    private Optional<String> fault = Optional.empty();
    private boolean unread;
    private boolean stopped;
    private boolean full;
    private int writing;
    private long pendingChars;
    private long onDisk;
    private long lastNumber;
    private long lastWritten;

    /**
     * @param unread there is a store that must be opened before it is known whether it is empty
     * @param nanos as of {@link System#nanoTime()}
     */
    Delivery(Publisher publisher, SpoolSettings settings, boolean unread, Clock clock, LongSupplier nanos) {
        this.publisher = publisher;
        this.settings = settings;
        this.unread = unread;
        this.clock = clock;
        this.nanos = nanos;
    }

    CompletionStage<Void> deliver(EventMessage event) {
        Parcel parcel = new Parcel(event, nanos.getAsLong());
        List<Runnable> afterwards = new ArrayList<>(1);
        lock.lock();
        try {
            String objection = take(parcel, afterwards);
            if (!objection.isEmpty()) {
                afterwards.add(() -> refuse(parcel, objection));
            }
        } finally {
            lock.unlock();
        }
        parcel.outgoing().ifPresent(out -> out.whenComplete((done, failure) -> answered(parcel, failure == null)));
        afterwards.forEach(Runnable::run);
        return parcel;
    }

    private String take(Parcel parcel, List<Runnable> afterwards) {
        if (stopped) {
            return "Bellwire is stopping";
        }
        if (parcel.event().payload().length() > Window.MAX_BYTES / 4) {
            return "the event is too large";
        }
        boolean direct = (isEmpty() || fault.isPresent()) && sendDirectly(parcel, afterwards);
        return direct ? "" : toDisk(parcel);
    }

    private boolean isEmpty() {
        return !unread && onDisk == 0 && writing == 0 && pending.isEmpty();
    }

    private boolean sendDirectly(Parcel parcel, List<Runnable> afterwards) {
        Window window = publisher.window();
        boolean sameWay =
                directs.stream().findFirst().flatMap(Parcel::outgoing).stream().allMatch(out -> out.window() == window);
        if (window.isOpen() && sameWay) {
            Outgoing out = window.offerPatiently(parcel.event().onTime());
            if (!out.isCompletedExceptionally()) {
                parcel.sent(out);
                directs.add(parcel);
                if (directs.size() == 1) {
                    work.release();
                }
                return true;
            }
        }
        spill(afterwards);
        return false;
    }

    /** Sends all that is on its way to the disk: in order, and before anything that comes later. */
    private void spill(List<Runnable> afterwards) {
        for (Parcel parcel : directs) {
            if (parcel.isAcknowledged()) {
                continue;
            }
            String objection = toDisk(parcel);
            if (!objection.isEmpty()) {
                afterwards.add(() -> refuse(parcel, objection)); // it may arrive all the same
                continue;
            }
            Outgoing out = parcel.outgoing().orElseThrow();
            if (out.window().isOpen() && !out.window().withdraw(out)) {
                drainOf(out.window()).holds(parcel.number(), parcel.since());
            }
        }
        directs.clear();
    }

    private String toDisk(Parcel parcel) {
        if (fault.isPresent()) {
            return "the broker did not acknowledge, and the spool does not work: " + fault.get();
        }
        if (onDisk + writing + pending.size() >= settings.maxEvents()) {
            full = true;
            return "the spool is full";
        }
        int chars = parcel.event().payload().length();
        if (pendingChars + chars > MAX_PENDING_CHARS) {
            return "too much is waiting for the disk";
        }
        pendingChars += chars;
        parcel.number(++lastNumber);
        pending.add(parcel);
        work.release();
        return "";
    }

    private void refuse(Parcel parcel, String reason) {
        tally.refused.increment();
        parcel.fail(reason);
    }

    private void promise(Parcel parcel) {
        if (parcel.complete(null)) {
            tally.accepted.increment();
        }
    }

    /** The connection has acknowledged an event that was sent before it had a place on disk, or was lost. */
    private void answered(Parcel parcel, boolean acknowledged) {
        lock.lock();
        try {
            if (!acknowledged) {
                work.release();
                return;
            }
            tally.published.increment();
            parcel.acknowledged();
            if (parcel.isWritten()) {
                toRemove.add(parcel.number());
            }
            if (parcel.number() > 0) {
                drain.acknowledged(parcel.number());
                work.release();
            }
            while (!directs.isEmpty() && directs.peek().isAcknowledged()) {
                directs.remove();
            }
        } finally {
            lock.unlock();
        }
        promise(parcel);
    }

    // ---- What the spool's thread asks and tells
    // -------------------------------------------------------------------------

    /** What the disk is to do. */
    record Batch(List<Parcel> added, List<Long> removed) {

        static final Batch EMPTY = new Batch(List.of(), List.of());

        List<Stored> stored() {
            return added.stream().map(Parcel::stored).toList();
        }

        boolean isEmpty() {
            return added.isEmpty() && removed.isEmpty();
        }
    }

    /** Waits until there may be something to do, at most so long. */
    void await(Duration longest) throws InterruptedException {
        long wait;
        lock.lock();
        try {
            wait = Math.min(longest.toNanos(), untilDue());
        } finally {
            lock.unlock();
        }
        work.tryAcquire(wait, TimeUnit.NANOSECONDS);
        work.drainPermits();
    }

    private long untilDue() {
        long now = nanos.getAsLong();
        if (stopped || !pending.isEmpty() || isLost()) {
            return 0;
        }
        if (drain.window() == publisher.window()
                && lastWritten > drain.last()
                && drain.isHalfEmpty()
                && drain.room(now) > 0) {
            return 0;
        }
        return directs.isEmpty() ? Long.MAX_VALUE : directs.getFirst().since() + PATIENCE - now;
    }

    /** The connection that events were given to is no more. */
    private boolean isLost() {
        return directs.stream()
                .findFirst()
                .flatMap(Parcel::outgoing)
                .filter(out -> !out.window().isOpen())
                .isPresent();
    }

    /** True: events wait for the disk. */
    boolean spillWhatIsLate() {
        List<Runnable> afterwards = new ArrayList<>();
        boolean waiting;
        lock.lock();
        try {
            boolean late =
                    !directs.isEmpty() && nanos.getAsLong() - directs.getFirst().since() >= PATIENCE;
            if (late || stopped || isLost()) {
                spill(afterwards);
            }
            waiting = !pending.isEmpty();
        } finally {
            lock.unlock();
        }
        afterwards.forEach(Runnable::run);
        return waiting;
    }

    /** Takes what is to be written now. */
    Batch take() {
        List<Parcel> added = new ArrayList<>();
        lock.lock();
        try {
            while (added.size() < BATCH && !pending.isEmpty()) {
                Parcel parcel = pending.remove();
                pendingChars -= parcel.event().payload().length();
                if (!parcel.isAcknowledged()) {
                    added.add(parcel);
                }
            }
            writing = added.size();
            Batch batch = new Batch(added, List.copyOf(toRemove));
            toRemove.clear();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** There is a store that works. */
    void opened(Store.Contents contents) {
        lock.lock();
        try {
            unread = false;
            fault = Optional.empty();
            onDisk = contents.count();
            lastNumber = Math.max(lastNumber, contents.last() + pending.size());
            long number = lastNumber - pending.size();
            lastWritten = number;
            for (Parcel parcel : pending) {
                parcel.number(++number);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A batch is on disk for good, which now holds so many events. */
    void written(Batch batch, long count) {
        lock.lock();
        try {
            writing = 0;
            onDisk = count;
            for (Parcel parcel : batch.added()) {
                parcel.written();
                lastWritten = parcel.number();
                if (parcel.isAcknowledged()) {
                    toRemove.add(parcel.number());
                }
            }
        } finally {
            lock.unlock();
        }
        tally.stored.add(batch.added().size());
        batch.added().forEach(this::promise);
    }

    /** Nothing can be written or read: a batch, and all that waits, cannot be promised. */
    void broken(Batch batch, String reason) {
        List<Parcel> failed = new ArrayList<>(batch.added());
        lock.lock();
        try {
            fault = Optional.of(reason);
            writing = 0;
            lastWritten = 0;
            toRemove.addAll(batch.removed());
            failed.addAll(pending);
            pending.clear();
            pendingChars = 0;
        } finally {
            lock.unlock();
        }
        failed.stream()
                .filter(parcel -> !parcel.isDone())
                .forEach(parcel -> refuse(parcel, "the spool does not work: " + reason));
    }

    /** What of the disk may be sent now. */
    record Feed(Drain drain, long after, int max) {}

    Optional<Feed> feed() {
        lock.lock();
        try {
            Drain current = drainOf(publisher.window());
            int room = current.room(nanos.getAsLong());
            boolean some = lastWritten > current.last() && room > 0;
            return some ? Optional.of(new Feed(current, current.last(), room)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Events that grew too old were taken off the disk, which now holds so many. */
    void expired(int events, long count) {
        lock.lock();
        try {
            onDisk = count;
        } finally {
            lock.unlock();
        }
        tally.dropped.add(events);
    }

    /** There is nothing more to send than what is under way. */
    void exhausted(Feed feed, long count) {
        lock.lock();
        try {
            onDisk = count;
            feed.drain().skipTo(lastWritten);
        } finally {
            lock.unlock();
        }
    }

    /** Sends an event of the disk. False: no more of this feed. */
    boolean send(Feed feed, Stored stored) {
        Instant now = clock.instant();
        boolean late = Duration.between(stored.event().time(), now).compareTo(settings.maxAge()) > 0;
        Message message = late ? stored.event().late() : stored.event().onTime();
        Outgoing out;
        lock.lock();
        try {
            if (feed.drain().isHolding(stored.number()) || toRemove.contains(stored.number())) {
                feed.drain().skipTo(stored.number());
                return true;
            }
            out = feed.drain().window().offerPatiently(message);
            if (out.isCompletedExceptionally()) {
                return false;
            }
            feed.drain().sent(stored.number(), nanos.getAsLong());
        } finally {
            lock.unlock();
        }
        out.whenComplete((done, failure) -> drained(feed.drain(), stored.number(), late, failure == null));
        return true;
    }

    private void drained(Drain of, long number, boolean late, boolean acknowledged) {
        lock.lock();
        try {
            if (acknowledged) {
                of.acknowledged(number);
                toRemove.add(number);
            } else {
                of.failed(number);
            }
            if (of.isHalfEmpty()) {
                work.release();
            }
        } finally {
            lock.unlock();
        }
        if (acknowledged) {
            (late ? tally.late : tally.published).increment();
            tally.drained.increment();
        }
    }

    /** Looks whether there is something to do. */
    void wake() {
        work.release();
    }

    void use(SpoolSettings next) {
        lock.lock();
        try {
            settings = next;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more. What was taken goes to disk. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            work.release();
        } finally {
            lock.unlock();
        }
    }

    SpoolSettings settings() {
        lock.lock();
        try {
            return settings;
        } finally {
            lock.unlock();
        }
    }

    /** Events waiting for the disk or on it. */
    long size() {
        lock.lock();
        try {
            return onDisk + writing + pending.size();
        } finally {
            lock.unlock();
        }
    }

    /** Events wait for the disk. */
    boolean isWaiting() {
        lock.lock();
        try {
            return !pending.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** There is a store, and nobody knows what is in it. */
    boolean isUnread() {
        lock.lock();
        try {
            return unread;
        } finally {
            lock.unlock();
        }
    }

    boolean isFull() {
        lock.lock();
        try {
            full &= size() >= settings.maxEvents() * 9L / 10;
            return full;
        } finally {
            lock.unlock();
        }
    }

    BusStatistics statistics() {
        Window window = publisher.window();
        lock.lock();
        try {
            return new BusStatistics(
                    window.isOpen(),
                    window.load(),
                    size(),
                    tally.accepted.sum(),
                    tally.refused.sum(),
                    tally.published.sum(),
                    tally.late.sum(),
                    tally.stored.sum(),
                    tally.drained.sum(),
                    tally.dropped.sum(),
                    fault);
        } finally {
            lock.unlock();
        }
    }

    private Drain drainOf(Window window) {
        if (drain.window() != window) {
            drain = new Drain(window);
        }
        return drain;
    }
}
