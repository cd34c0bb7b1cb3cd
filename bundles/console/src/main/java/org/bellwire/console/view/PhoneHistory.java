package org.bellwire.console.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The last events of each phone that had some, and which kinds it ever reported. Bounded: who was silent longest is forgotten first. */
public final class PhoneHistory {

    static final int EACH = 50;
    static final long MOST_CHARS = 4_000_000;
    private static final int KINDS = 100;
    private static final int PHONES = 20_000;

    private static final class Events {
        private final Deque<String> last = new ArrayDeque<>();
        private long chars;
    }

    private final Map<String, Events> phones = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Set<String>> kinds = new HashMap<>();
    private long chars;

    /**
     * Keeps an event.
     *
     * @param kind the event's name in the vendor's words
     */
    public synchronized void add(String phone, String kind, String json) {
        remember(phone, kind);
        Events events = phones.computeIfAbsent(phone, any -> new Events());
        events.last.add(json);
        grow(events, json.length());
        if (events.last.size() > EACH) {
            grow(events, -events.last.remove().length());
        }
        while (chars > MOST_CHARS && phones.size() > 1) {
            Iterator<Events> oldest = phones.values().iterator();
            chars -= oldest.next().chars;
            oldest.remove();
        }
    }

    private void grow(Events events, long by) {
        events.chars += by;
        chars += by;
    }

    private void remember(String phone, String kind) {
        if (kinds.size() < PHONES || kinds.containsKey(phone)) {
            Set<String> seen = kinds.computeIfAbsent(phone, any -> new TreeSet<>());
            if (seen.size() < KINDS) {
                seen.add(kind);
            }
        }
    }

    /** The newest first. */
    public synchronized List<String> last(String phone) {
        Events events = phones.get(phone);
        List<String> newest = new ArrayList<>();
        if (events != null) {
            events.last.descendingIterator().forEachRemaining(newest::add);
        }
        return newest;
    }

    /** The events that it reported since the start, in the vendor's words. */
    public synchronized Set<String> kinds(String phone) {
        return Set.copyOf(kinds.getOrDefault(phone, Set.of()));
    }

    public synchronized void forget(String phone) {
        Events events = phones.remove(phone);
        if (events != null) {
            chars -= events.chars;
        }
        kinds.remove(phone);
    }
}
