package org.bellwire.mqtt;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Events on disk, by number. Of one thread. After a failure it has to be opened again. */
interface Store extends AutoCloseable {

    /** What a store holds: how many, and the highest number that was given. */
    record Contents(long count, long last) {}

    /**
     * Some events in their order.
     *
     * @param unreadable how many others were damaged, and are removed with the next write
     */
    record Page(List<Stored> events, int unreadable) {}

    /** There is something to open. Does not open it. */
    boolean exists();

    /** Fails if it is plain to see that nothing can be stored. */
    void check() throws IOException;

    /** Opens it, and makes it if it is not there. Done only when it can be written to. */
    Contents open() throws IOException;

    /** On disk, for good, when it returns. Returns how many it holds now. */
    long write(List<Stored> added, Collection<Long> removed) throws IOException;

    /** The next events after a number, oldest first. */
    Page read(long after, int max) throws IOException;

    /** Gives everything back. An empty store leaves no file behind. */
    @Override
    void close();
}
