package org.bellwire.console.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Somebody who looks on. Holds no more than a place in the feed: who reads too slowly falls behind its end, and is dropped. */
public final class Viewer {

    private static final int AT_ONCE = 64;

    private final EventFeed feed;
    private final Outlet outlet;
    private final String session;
    private long seen;
    private byte[] first;
    private boolean unflushed;
    private boolean ended;
    private long movedAt;

    Viewer(EventFeed feed, Outlet outlet, String session, long seen, String first, long now) {
        this.feed = feed;
        this.outlet = outlet;
        this.session = session;
        this.seen = seen;
        this.first = first.getBytes(StandardCharsets.UTF_8);
        this.movedAt = now;
    }

    String session() {
        return session;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** Something to say when nothing happens, so that both ends notice a dead connection. */
    synchronized void keepAlive() {
        if (first.length == 0) {
            first = ":\n\n".getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Nothing went out since, though there was something to say. */
    synchronized boolean isStuck(long now, long patience) {
        return (first.length > 0 || unflushed || feed.last() > seen) && now - movedAt > patience;
    }

    /** Writes what there is for as long as the connection takes it. Does not wait. */
    public synchronized void pump(long now) {
        try {
            while (!ended && outlet.isReady()) {
                movedAt = now;
                if (unflushed) {
                    unflushed = false;
                    outlet.flush();
                } else if (!writeNext()) {
                    return;
                }
            }
        } catch (IOException | RuntimeException e) {
            end(); // gone, or no longer to be written to
        }
    }

    private boolean writeNext() throws IOException {
        if (!feed.holds(seen)) {
            end();
            return false;
        }
        byte[] bytes = first;
        if (bytes.length > 0) {
            first = new byte[0];
        } else {
            List<byte[]> next = feed.after(seen, AT_ONCE);
            if (next.isEmpty()) {
                return false;
            }
            seen += next.size();
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            next.forEach(joined::writeBytes);
            bytes = joined.toByteArray();
        }
        outlet.write(bytes);
        unflushed = true;
        return true;
    }

    public synchronized void end() {
        if (!ended) {
            ended = true;
            outlet.end();
        }
    }
}
