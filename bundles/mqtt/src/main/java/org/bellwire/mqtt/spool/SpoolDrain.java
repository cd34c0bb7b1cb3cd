package org.bellwire.mqtt.spool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Optional;
import org.bellwire.api.Message;
import org.bellwire.mqtt.publish.PendingPublish;
import org.bellwire.mqtt.publish.PublishWindow;
import org.bellwire.mqtt.publish.Publisher;

/**
 * Sends what is on disk to the broker: in order, a limited number at a time, and what is too old as history. Does so in the
 * monitor of its owner, whose backlog it shares.
 */
final class SpoolDrain {

    private final Owner owner;
    private final Publisher publisher;

    @GuardedBy("owner")
    private final Backlog backlog;

    private final EventCounters tally;

    @GuardedBy("owner")
    private DrainCursor drain = new DrainCursor(PublishWindow.closed("there is no connection to the broker"));

    /** Whose monitor is held, and who knows the time. */
    interface Owner {

        /** As of {@link System#nanoTime()}. */
        long now();

        boolean isTooOld(StoredEvent stored);

        /** There may be something to send. */
        void wake();
    }

    SpoolDrain(Owner owner, Publisher publisher, Backlog backlog, EventCounters tally) {
        this.owner = owner;
        this.publisher = publisher;
        this.backlog = backlog;
        this.tally = tally;
    }

    /** What of the disk may be sent now. */
    record Feed(DrainCursor drain, long after, int max) {}

    Optional<Feed> feed() {
        synchronized (owner) {
            DrainCursor current = over(publisher.window());
            int room = current.room(owner.now());
            boolean some = backlog.lastWritten() > current.last() && room > 0;
            return some ? Optional.of(new Feed(current, current.last(), room)) : Optional.empty();
        }
    }

    /** There is no more to send than what is under way; the disk holds so much. */
    void exhausted(Feed feed, EventStore.Size size) {
        synchronized (owner) {
            backlog.onDisk(size);
            feed.drain().skipTo(backlog.lastWritten());
        }
    }

    /** Sends an event of the disk. False: no more of this feed. */
    boolean send(Feed feed, StoredEvent stored) {
        DrainCursor to = feed.drain();
        boolean late;
        PendingPublish out;
        synchronized (owner) {
            if (to.isHolding(stored.number()) || backlog.isLeaving(stored.number())) {
                to.skipTo(stored.number());
                return true;
            }
            late = owner.isTooOld(stored);
            Message message = late ? stored.event().late() : stored.event().onTime();
            out = to.window().offerPatiently(message);
            if (out.isCompletedExceptionally()) {
                return out.isHopeless() && putAside(to, stored.number());
            }
            to.sent(stored.number(), owner.now());
        }
        out.whenComplete((done, failure) -> sent(to, stored.number(), late, failure == null));
        return true;
    }

    /** Nothing like it can be sent, and all the others wait behind it. The window has told why. */
    @GuardedBy("owner")
    private boolean putAside(DrainCursor to, long number) {
        to.skipTo(number);
        backlog.remove(number);
        tally.dropped.increment();
        return true;
    }

    private void sent(DrainCursor over, long number, boolean late, boolean acknowledged) {
        if (acknowledged) {
            (late ? tally.late : tally.published).increment();
            tally.drained.increment();
        }
        synchronized (owner) {
            if (acknowledged) {
                over.acknowledged(number);
                backlog.remove(number);
            } else {
                over.failed(number);
            }
            if (over.isHalfEmpty()) {
                owner.wake();
            }
        }
    }

    /** It is under way over this window already, sent before it had a place on disk. */
    void holds(PendingPublish.Owner window, long number, long since) {
        synchronized (owner) {
            over(window).holds(number, since);
        }
    }

    /** What it holds has arrived. */
    void acknowledged(long number) {
        synchronized (owner) {
            drain.acknowledged(number);
        }
    }

    /** It has room for much, and there is something. */
    boolean isDue() {
        synchronized (owner) {
            return drain.isHalfEmpty() && feed().isPresent();
        }
    }

    @GuardedBy("owner")
    private DrainCursor over(PendingPublish.Owner window) {
        if (drain.window() != window) {
            drain = new DrainCursor(window);
        }
        return drain;
    }
}
