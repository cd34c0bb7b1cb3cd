package org.bellwire.mqtt.spool;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Events on disk, by number. Of one thread. After a failure it has to be opened again. */
public interface EventStore extends AutoCloseable {

    /** How many events a store holds, and how many bytes they have. */
    record Size(long count, long bytes) {
        static final Size NONE = new Size(0, 0);
    }

    /** What a store holds, and the highest number that was given. */
    record Contents(Size size, long last) {}

    /**
     * Some events in their order.
     *
     * @param unreadable how many others were damaged, and are removed with the next write
     * @param foreign how many others only a newer Bellwire understands: they are put aside, and removed with the next write
     */
    record Page(List<StoredEvent> events, int unreadable, int foreign) {}

    /** There is something to open. Does not open it. */
    boolean exists();

    /** Fails if it is plain to see that nothing can be stored. */
    void check() throws IOException;

    /** Opens it, and makes it if it is not there. Done only when it can be written to. */
    Contents open() throws IOException;

    /** On disk, for good, when it returns. Returns how much it holds now. */
    Size write(List<StoredEvent> added, Collection<Long> removed) throws IOException;

    /** The next events after a number, oldest first; fewer than asked for when they are large, but not none. */
    Page read(long after, int max) throws IOException;

    /** Gives everything back. An empty store leaves no file behind. */
    @Override
    void close();
}
