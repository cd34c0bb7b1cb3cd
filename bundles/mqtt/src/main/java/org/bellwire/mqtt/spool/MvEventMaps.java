package org.bellwire.mqtt.spool;

import org.bellwire.mqtt.spool.EventStore.Size;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;

/** The maps of the spool's file: events by number, and what is to be known of the whole. */
final class MvEventMaps {

    /** Rises when an older Bellwire could not understand the file; one without a format has the first. */
    static final long FORMAT = 1;

    private static final Long FORMAT_KEY = 0L;
    private static final Long COUNT_KEY = 1L;
    private static final Long BYTES_KEY = 2L;

    private final MVMap<Long, byte[]> events;
    private final MVMap<Long, Long> whole;
    private long bytes;

    MvEventMaps(MVStore store) {
        events = store.openMap(
                "events",
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
        whole = store.openMap(
                "whole",
                new MVMap.Builder<Long, Long>().keyType(LongDataType.INSTANCE).valueType(LongDataType.INSTANCE));
        bytes = whole.getOrDefault(BYTES_KEY, 0L);
    }

    MVMap<Long, byte[]> events() {
        return events;
    }

    boolean isForeign() {
        return whole.getOrDefault(FORMAT_KEY, FORMAT) > FORMAT;
    }

    void sign() {
        if (whole.getOrDefault(FORMAT_KEY, 0L) != FORMAT) {
            whole.put(FORMAT_KEY, FORMAT);
        }
    }

    void put(Long number, byte[] event) {
        byte[] before = events.put(number, event);
        bytes += event.length - (before == null ? 0 : before.length);
    }

    void remove(Long number) {
        byte[] before = events.remove(number);
        bytes -= before == null ? 0 : before.length;
    }

    /** Writes down how large it is now. */
    Size noteSize() {
        Size size = new Size(events.sizeAsLong(), bytes);
        whole.put(BYTES_KEY, bytes);
        whole.put(COUNT_KEY, size.count());
        return size;
    }

    /** How large it is; counted where nobody wrote it down, or an older Bellwire has changed it since. */
    Size size() {
        long count = events.sizeAsLong();
        if (whole.getOrDefault(COUNT_KEY, -1L) != count) {
            bytes = 0;
            Cursor<Long, byte[]> cursor = events.cursor(null);
            while (cursor.hasNext()) {
                cursor.next();
                bytes += cursor.getValue().length;
            }
            noteSize();
        }
        return new Size(count, bytes);
    }
}
