package org.bellwire.mqtt.spool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bellwire.api.EventMessage;
import org.bellwire.api.port.AckTimes;
import org.bellwire.api.port.BusStatistics;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.bellwire.mqtt.publish.PendingPublish;
import org.bellwire.mqtt.publish.PublishWindow;
import org.bellwire.mqtt.publish.Publisher;

/**
 * Knows where each event is: on its way to the broker, waiting for the disk, or on disk. While the spool is empty, events go
 * to the broker; one that is not acknowledged in time goes to disk with all behind it, and all later ones queue there until
 * the spool is empty again. Never blocks; the spool's thread does what needs the disk. Promises complete outside the lock.
 */
public final class EventDelivery implements SpoolDrain.Owner {

    private final Publisher publisher;
    private final LimitLog limits;
    private final LongSupplier nanos;
    private final EventAges ages;

    @GuardedBy("this")
    private final Backlog backlog;

    private final SpoolDrain outflow;
    private final EventCounters tally = new EventCounters();
    private final Semaphore work = new Semaphore(0);

    @GuardedBy("this")
    private final DirectEvents directs = new DirectEvents();

    @GuardedBy("this")
    private SpoolSettings settings;

    @GuardedBy("this")
    private long wakesAt;

    @GuardedBy("this")
    private boolean stopped;

    /** @param unread there is a store that must be opened before it is known whether it is empty */
    public EventDelivery(
            Publisher publisher, SpoolSettings settings, boolean unread, SpoolClock times, LimitLog limits) {
        this.publisher = publisher;
        this.settings = settings;
        this.limits = limits;
        nanos = times.nanos();
        ages = new EventAges(times.clock(), nanos);
        backlog = new Backlog(unread);
        outflow = new SpoolDrain(this, publisher, backlog, tally);
        wakesAt = nanos.getAsLong();
    }

    public CompletionStage<Void> deliver(EventMessage event) {
        PendingEvent pending = new PendingEvent(ages.taken(event), nanos.getAsLong());
        List<Runnable> refusals = new ArrayList<>(1);
        synchronized (this) {
            String objection = take(pending, refusals);
            if (!objection.isEmpty()) {
                refusals.add(() -> tally.refuse(pending, objection));
            }
        }
        pending.outgoing().ifPresent(out -> out.whenComplete((done, failure) -> answered(pending, failure == null)));
        refusals.forEach(Runnable::run);
        return pending;
    }

    @GuardedBy("this")
    private String take(PendingEvent pending, List<Runnable> refusals) {
        if (stopped) {
            return "Bellwire is stopping";
        }
        if (pending.event().payload().length() > PendingPublish.MAX_BYTES / 4
                || publisher.isHopeless(pending.event())) {
            return "the event is too large for us, or for the broker, which closes the connection over it";
        }
        boolean mayOvertake = backlog.isEmpty() || backlog.fault().isPresent();
        return mayOvertake && sendDirectly(pending, refusals) ? "" : toDisk(pending);
    }

    @GuardedBy("this")
    private boolean sendDirectly(PendingEvent pending, List<Runnable> refusals) {
        PublishWindow window = publisher.window();
        if (window.isOpen()
                && directs.window().filter(before -> before != window).isEmpty()) {
            PendingPublish out = window.offerPatiently(pending.event().onTime());
            if (!out.isCompletedExceptionally()) {
                pending.sent(out);
                directs.add(pending);
                wakeBefore(pending.since() + DrainCursor.PATIENCE);
                return true;
            }
        }
        spill(refusals);
        return false;
    }

    /** Sends all that is on its way to the disk: in order, and before anything that comes later. */
    @GuardedBy("this")
    private void spill(List<Runnable> refusals) {
        for (PendingEvent pending : directs.takeUnacknowledged()) {
            String objection = toDisk(pending);
            if (!objection.isEmpty()) {
                refusals.add(() -> tally.refuse(pending, objection)); // it may arrive all the same
                continue;
            }
            PendingPublish out = pending.outgoing().orElseThrow();
            if (out.owner().isOpen() && !out.owner().withdraw(out)) {
                outflow.holds(out.owner(), pending.number(), pending.since());
            }
        }
    }

    @GuardedBy("this")
    private String toDisk(PendingEvent pending) {
        String objection = backlog.add(pending, settings);
        if (objection.isEmpty()) {
            wakeBefore(pending.since());
        } else if (backlog.isFull(settings)) {
            limits.count(Limit.SPOOL);
        } else if (objection.equals(Backlog.SHARE_USED_UP)) {
            limits.reached(Limit.SPOOL, () -> Backlog.refusal(pending.event()));
        }
        return objection;
    }

    /** The connection has acknowledged an event that was sent before it had a place on disk, or is lost. */
    private void answered(PendingEvent pending, boolean acknowledged) {
        if (!acknowledged) {
            wake();
            return;
        }
        tally.acknowledged(nanos.getAsLong() - pending.since());
        synchronized (this) {
            pending.acknowledged();
            if (pending.isWritten()) {
                backlog.remove(pending.number());
            }
            if (pending.number() > 0) {
                outflow.acknowledged(pending.number());
                wake();
            }
            directs.dropAcknowledged();
        }
        tally.promise(pending);
    }

    /** Looks whether there is something to do. */
    @Override
    public void wake() {
        work.release();
    }

    @GuardedBy("this")
    private void wakeBefore(long time) {
        if (time - wakesAt < 0) {
            wakesAt = time;
            wake();
        }
    }

    /** Takes nothing more. What was taken goes to disk. */
    synchronized void stop() {
        stopped = true;
        wake();
    }

    public synchronized void use(SpoolSettings next) {
        settings = next;
    }

    // What follows is for the spool's thread.

    synchronized boolean isWaiting() {
        return backlog.isWaiting();
    }

    /** Waits until there may be something to do, at most so long. */
    void await(Duration longest) throws InterruptedException {
        long wait;
        synchronized (this) {
            wait = Math.min(longest.toNanos(), untilDue());
            wakesAt = nanos.getAsLong() + wait;
        }
        work.tryAcquire(wait, TimeUnit.NANOSECONDS);
        work.drainPermits();
    }

    @GuardedBy("this")
    private long untilDue() {
        boolean now = stopped || directs.areLost() || backlog.isWaiting() || outflow.isDue();
        return now ? 0 : directs.untilLate(nanos.getAsLong());
    }

    /** True: events wait for the disk. */
    boolean spillWhatIsLate() {
        List<Runnable> refusals = new ArrayList<>();
        boolean waiting;
        synchronized (this) {
            if (stopped || directs.areLost() || directs.untilLate(nanos.getAsLong()) <= 0) {
                spill(refusals);
            }
            waiting = backlog.isWaiting();
        }
        refusals.forEach(Runnable::run);
        return waiting;
    }

    /** Takes what is to be written now; all of it, or only what is urgent or much. */
    synchronized Backlog.Batch takeBatch(boolean all) {
        return backlog.take(all);
    }

    synchronized void opened(EventStore.Contents contents) {
        ages.opened(contents.last());
        backlog.opened(contents);
    }

    /** A batch is on disk for good, which now holds so much. */
    void written(Backlog.Batch batch, EventStore.Size size) {
        synchronized (this) {
            backlog.onDisk(size);
            backlog.written(batch);
        }
        tally.stored.add(batch.added().size());
        batch.added().forEach(tally::promise);
    }

    /** Nothing can be written or read: a batch, and all that waits, cannot be promised. */
    void broken(Backlog.Batch batch, String reason) {
        List<PendingEvent> failed;
        synchronized (this) {
            failed = backlog.broken(batch, reason);
        }
        failed.forEach(pending -> tally.refuse(pending, "the spool does not work: " + reason));
    }

    /** Events were given up and taken off the disk, which now holds so much. */
    synchronized void dropped(int events, EventStore.Size size) {
        backlog.onDisk(size);
        tally.dropped.add(events);
    }

    SpoolDrain outflow() {
        return outflow;
    }

    @Override
    public long now() {
        return nanos.getAsLong();
    }

    @Override
    public synchronized boolean isTooOld(StoredEvent stored) {
        return ages.isOlder(stored, settings.maxAge());
    }

    /** It has been kept for so long that it is not published at all. */
    synchronized boolean isExpired(StoredEvent stored) {
        return ages.isExpired(stored, settings.keep());
    }

    synchronized SpoolSettings settings() {
        return settings;
    }

    /** There is a store, and nobody knows what is in it. */
    synchronized boolean isUnread() {
        return backlog.isUnread();
    }

    /** How many events wait for the disk or are on it. */
    synchronized long size() {
        return backlog.size();
    }

    synchronized boolean isFull() {
        return backlog.isFull(settings);
    }

    public AckTimes ackTimes() {
        return tally.ackTimes();
    }

    public synchronized BusStatistics statistics() {
        PublishWindow window = publisher.window();
        return tally.statistics(window.isOpen(), window.load(), backlog.size(), backlog.fault());
    }
}
