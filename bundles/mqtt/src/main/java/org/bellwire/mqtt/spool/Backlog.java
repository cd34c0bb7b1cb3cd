package org.bellwire.mqtt.spool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.EventMessage;

/** What waits for the disk, what is on it, and what may leave it. Guarded by {@link EventDelivery}. */
final class Backlog {

    private static final int BATCH = 2000;
    private static final int MANY = 1000;
    /** Of payload that waits in memory. */
    private static final int MAX_WAITING_CHARS = 8 << 20;
    /** Of payload that is written with one commit. */
    private static final int BATCH_CHARS = 2 << 20;

    static final String SHARE_USED_UP = "the spool is half full, and this site has its share of it";

    private final SiteShares shares = new SiteShares();
    private final ArrayDeque<PendingEvent> waiting = new ArrayDeque<>();
    private final Set<Long> toRemove = new LinkedHashSet<>();
    private Optional<String> fault = Optional.empty();
    private boolean unread;
    private boolean full;
    private int writing;
    private long writingChars;
    private long waitingChars;
    private EventStore.Size onDisk = EventStore.Size.NONE;
    private long lastNumber;
    private long lastWritten;

    /** @param unread there is a store that must be opened before it is known whether it is empty */
    Backlog(boolean unread) {
        this.unread = unread;
    }

    /** What the disk is to do. */
    record Batch(List<PendingEvent> added, List<Long> removed) {

        static final Batch EMPTY = new Batch(List.of(), List.of());

        List<StoredEvent> stored() {
            return added.stream().map(PendingEvent::stored).toList();
        }

        boolean isEmpty() {
            return added.isEmpty() && removed.isEmpty();
        }
    }

    /** Puts an event last. Returns why not, or nothing. */
    String add(PendingEvent pending, SpoolSettings settings) {
        if (fault.isPresent()) {
            return "the broker did not acknowledge, and the spool does not work: " + fault.get();
        }
        int chars = pending.event().payload().length();
        if (size() >= settings.maxEvents() || bytes() + chars > settings.maxBytes()) {
            full = true;
            return "the spool is full";
        }
        if (waitingChars + chars > MAX_WAITING_CHARS) {
            return "too much is waiting for the disk";
        }
        if (size() == 0) {
            shares.clear();
        }
        if (shares.isUsedUp(pending.event(), size(), bytes(), settings)) {
            return SHARE_USED_UP;
        }
        shares.add(pending.event(), chars);
        waitingChars += chars;
        pending.number(++lastNumber);
        waiting.add(pending);
        return "";
    }

    /**
     * Takes what is to be written now.
     *
     * @param all also the few that may leave the disk: they need not be written at once
     */
    Batch take(boolean all) {
        List<PendingEvent> added = new ArrayList<>();
        writingChars = 0;
        while (added.size() < BATCH && writingChars < BATCH_CHARS && !waiting.isEmpty()) {
            PendingEvent pending = waiting.remove();
            int chars = pending.event().payload().length();
            waitingChars -= chars;
            if (!pending.isAcknowledged()) {
                added.add(pending);
                writingChars += chars;
            }
        }
        writing = added.size();
        if (!all && added.isEmpty() && toRemove.size() < Math.min(MANY, onDisk.count())) {
            return Batch.EMPTY;
        }
        Batch batch = new Batch(added, List.copyOf(toRemove));
        toRemove.clear();
        return batch;
    }

    /** There is a store that works. */
    void opened(EventStore.Contents contents) {
        unread = false;
        fault = Optional.empty();
        onDisk = contents.size();
        lastNumber = Math.max(lastNumber, contents.last() + waiting.size());
        lastWritten = lastNumber - waiting.size();
        long number = lastWritten;
        for (PendingEvent pending : waiting) {
            pending.number(++number);
        }
    }

    /** A batch is on disk for good. */
    void written(Batch batch) {
        notWriting();
        for (PendingEvent pending : batch.added()) {
            pending.written();
            lastWritten = pending.number();
            if (pending.isAcknowledged()) {
                toRemove.add(pending.number());
            }
        }
    }

    private void notWriting() {
        writing = 0;
        writingChars = 0;
    }

    /** Nothing can be written or read. Returns what cannot be promised. */
    List<PendingEvent> broken(Batch batch, String reason) {
        List<PendingEvent> failed = new ArrayList<>(batch.added());
        failed.addAll(waiting);
        failed.removeIf(PendingEvent::isDone);
        fault = Optional.of(reason);
        notWriting();
        lastWritten = 0;
        toRemove.addAll(batch.removed());
        waiting.clear();
        waitingChars = 0;
        return failed;
    }

    /** The broker has an event: it may leave the disk. */
    void remove(long number) {
        toRemove.add(number);
    }

    boolean isLeaving(long number) {
        return toRemove.contains(number);
    }

    void onDisk(EventStore.Size size) {
        onDisk = size;
    }

    long lastWritten() {
        return lastWritten;
    }

    long size() {
        return onDisk.count() + writing + waiting.size();
    }

    private long bytes() {
        return onDisk.bytes() + writingChars + waitingChars;
    }

    boolean isEmpty() {
        return !unread && size() == 0;
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    boolean isUnread() {
        return unread;
    }

    Optional<String> fault() {
        return fault;
    }

    /** It had to refuse, and has not got much room since. */
    boolean isFull(SpoolSettings settings) {
        full &= size() >= settings.maxEvents() * 9L / 10 || bytes() >= settings.maxBytes() / 10 * 9;
        return full;
    }

    /** What the log says when a site has used up its share. */
    static String refusal(EventMessage event) {
        return "Events below " + event.root() + " are refused: " + SHARE_USED_UP + "; see max.events in "
                + SpoolSettings.FILE + ", and rate in the file of the site";
    }
}
