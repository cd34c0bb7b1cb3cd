package org.bellwire.console.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last events of each phone that had some. Bounded: who was silent longest is forgotten first. */
public final class PhoneHistory {

    static final int EACH = 50;
    static final long MOST_CHARS = 4_000_000;

    private static final class Events {
        private final Deque<String> last = new ArrayDeque<>();
        private long chars;
    }

    private final Map<String, Events> phones = new LinkedHashMap<>(16, 0.75f, true);
    private long chars;

    /** Keeps an event. */
    public synchronized void add(String phone, String json) {
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

    /** The newest first. */
    public synchronized List<String> last(String phone) {
        Events events = phones.get(phone);
        List<String> newest = new ArrayList<>();
        if (events != null) {
            events.last.descendingIterator().forEachRemaining(newest::add);
        }
        return newest;
    }

    public synchronized void forget(String phone) {
        Events events = phones.remove(phone);
        if (events != null) {
            chars -= events.chars;
        }
    }
}
