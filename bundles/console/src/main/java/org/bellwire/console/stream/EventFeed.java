package org.bellwire.console.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The last of what happened, as server-sent events: bounded in number and bytes, the oldest go. Each has a number; the id that a
 * viewer comes back with says of which start it is, so that a restart is noticed.
 */
public final class EventFeed {

    static final int MOST = 4096;
    static final int MOST_BYTES = 2 << 20;

    private final String start;
    private final Deque<byte[]> frames = new ArrayDeque<>();
    private long last;
    private int size;

    /**
     * Holds nothing yet.
     *
     * @param start names this start: letters and digits
     */
    public EventFeed(String start) {
        this.start = start;
    }

    /**
     * Puts one down.
     *
     * @param json in one line
     */
    public synchronized void add(String type, String json) {
        last++;
        byte[] bytes = ("id: " + start + "-" + last + "\nevent: " + type + "\ndata: " + oneLine(json) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
        frames.add(bytes);
        size += bytes.length;
        while (frames.size() > MOST || size > MOST_BYTES) {
            size -= frames.remove().length;
        }
    }

    private static String oneLine(String json) {
        return json.indexOf('\n') < 0 && json.indexOf('\r') < 0
                ? json
                : json.replace('\n', ' ').replace('\r', ' ');
    }

    /** Where who wants to see so many of the last goes on. */
    synchronized long before(int most) {
        return last - Math.min(most, frames.size());
    }

    /** The number of the newest. */
    synchronized long last() {
        return last;
    }

    /** Where who comes back with this id goes on; empty: it is of another start, or too long ago. */
    synchronized Optional<Long> resume(String id) {
        String prefix = start + "-";
        if (!id.startsWith(prefix) || !id.substring(prefix.length()).matches("\\d{1,18}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(id.substring(prefix.length()));
        return holds(number) ? Optional.of(number) : Optional.empty();
    }

    /** Whoever has seen this one has missed nothing. */
    synchronized boolean holds(long number) {
        return number <= last && (frames.isEmpty() ? number == last : number >= last - frames.size());
    }

    /** Those after this one, so many at most. */
    synchronized List<byte[]> after(long number, int most) {
        List<byte[]> next = new ArrayList<>();
        long from = last - frames.size() + 1;
        if (number >= last) {
            return next;
        }
        int skip = (int) Math.max(0, number + 1 - from);
        var all = frames.iterator();
        for (int i = 0; all.hasNext() && next.size() < most; i++) {
            byte[] frame = all.next();
            if (i >= skip) {
                next.add(frame);
            }
        }
        return next;
    }
}
