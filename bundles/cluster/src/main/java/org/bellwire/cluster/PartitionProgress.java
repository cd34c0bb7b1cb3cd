package org.bellwire.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.PartitionOwner.Knowledge;

/**
 * How far the reports of one partition are done, as long as this gateway owns it: which phones know more than is kept of them, and
 * from which report on the log is needed still.
 */
final class PartitionProgress {

    static final long NONE = -1;

    private static final Knowledge NOTHING = new Knowledge("", NONE);
    /** Of a phone that was no candidate. */
    private static final Optional<Knowledge> ELSE = Optional.of(NOTHING);

    private final int number;

    @GuardedBy("this")
    private final Map<PhoneId, Entry> entries = new HashMap<>();

    @GuardedBy("this")
    private long next = NONE;

    @GuardedBy("this")
    private long committed = NONE;

    private volatile boolean ready;

    PartitionProgress(int number) {
        this.number = number;
    }

    /** A phone that knows more than is kept. */
    private static final class Entry {
        /** The first report that is in nothing that is kept. */
        private long first = NONE;
        /** The first one after what is being kept just now. */
        private long firstAfter = NONE;

        private long last = NONE;
        private int pending;
        private long version;
        private long keeping = NONE;
    }

    /**
     * What a checkpoint is to keep of the partition.
     *
     * @param offset the first report that is needed after it
     */
    record Part(int number, Map<PhoneId, String> texts, long offset) {}

    int number() {
        return number;
    }

    /** What was known of the phones is known here. */
    void becomesReady() {
        ready = true;
    }

    boolean isReady() {
        return ready;
    }

    /** The next report to read; {@link #NONE} if none was read. */
    synchronized long next() {
        return next;
    }

    /** Where the log is read from. */
    synchronized void startsAt(long offset) {
        next = next == NONE ? offset : next;
    }

    /** A report is about to be taken in. */
    synchronized void takes(PhoneId phone, long offset) {
        Entry entry = touched(phone);
        if (entry.first == NONE) {
            entry.first = offset;
        }
        if (entry.keeping != NONE && entry.firstAfter == NONE) {
            entry.firstAfter = offset;
        }
        entry.last = offset;
        entry.pending++;
        next = offset + 1;
    }

    /** All that came of a report of this phone has arrived, or nothing will. */
    synchronized void arrived(PhoneId phone) {
        Entry entry = touched(phone);
        entry.pending--;
    }

    /** Nothing comes of this report. */
    synchronized void passes(long offset) {
        next = offset + 1;
    }

    /** More is known of the phone, though it did not report. */
    synchronized void changed(PhoneId phone) {
        touched(phone);
    }

    @GuardedBy("this")
    private Entry touched(PhoneId phone) {
        Entry entry = entries.computeIfAbsent(phone, id -> new Entry());
        entry.version++;
        return entry;
    }

    /** The phones of which something could be kept now. */
    synchronized List<PhoneId> candidates() {
        List<PhoneId> candidates = new ArrayList<>();
        entries.forEach((phone, entry) -> {
            if (entry.pending == 0) {
                candidates.add(phone);
            }
        });
        return candidates;
    }

    /**
     * Begins to keep what is known; {@link #kept} or {@link #notKept} ends it.
     *
     * @param known of the candidates; empty for those that are gone. What holds a report whose events have not arrived is left out
     */
    synchronized Part keep(Map<PhoneId, Optional<Knowledge>> known) {
        entries.entrySet()
                .removeIf(each -> each.getValue().pending == 0
                        && known.getOrDefault(each.getKey(), ELSE).isEmpty());
        Map<PhoneId, String> texts = new HashMap<>();
        long offset = next;
        for (Map.Entry<PhoneId, Entry> each : entries.entrySet()) {
            Entry entry = each.getValue();
            Knowledge knowledge = known.getOrDefault(each.getKey(), ELSE).orElse(NOTHING);
            boolean whole = entry.pending == 0
                    && !knowledge.equals(NOTHING)
                    && (entry.last == NONE || entry.last == knowledge.offset());
            if (whole) {
                texts.put(each.getKey(), knowledge.text());
                entry.keeping = entry.version;
            } else if (entry.first != NONE) {
                offset = Math.min(offset, entry.first);
            }
        }
        return new Part(number, texts, offset);
    }

    /** There is something to keep in it. Never without an offset, for by that Kafka knows who may write. */
    synchronized boolean isNews(Part part) {
        return part.offset() != NONE && (!part.texts().isEmpty() || part.offset() != committed);
    }

    synchronized void kept(Part part) {
        committed = part.offset();
        Set<PhoneId> settled = new HashSet<>();
        for (PhoneId phone : part.texts().keySet()) {
            Entry entry = entries.get(phone);
            if (entry == null) {
                continue;
            }
            if (entry.version == entry.keeping) {
                settled.add(phone);
            } else {
                entry.first = entry.firstAfter;
                entry.last = entry.firstAfter == NONE ? NONE : entry.last;
                ends(entry);
            }
        }
        entries.keySet().removeAll(settled);
    }

    synchronized void notKept(Part part) {
        for (PhoneId phone : part.texts().keySet()) {
            Entry entry = entries.get(phone);
            if (entry != null) {
                ends(entry);
            }
        }
    }

    private static void ends(Entry entry) {
        entry.keeping = NONE;
        entry.firstAfter = NONE;
    }
}
