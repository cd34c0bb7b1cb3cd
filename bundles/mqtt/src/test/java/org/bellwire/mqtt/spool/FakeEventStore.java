package org.bellwire.mqtt.spool;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/** A store in memory that can fail, and be slow until it is let go. */
final class FakeEventStore implements EventStore {

    private final TreeMap<Long, StoredEvent> events = new TreeMap<>();
    private Optional<String> failure = Optional.empty();
    private final Semaphore gate = new Semaphore(1);
    private int writes;

    @Override
    public synchronized boolean exists() {
        return !events.isEmpty();
    }

    @Override
    public void check() throws IOException {
        failIfTold();
    }

    @Override
    public synchronized Contents open() throws IOException {
        failIfTold();
        return new Contents(size(events.values()), events.isEmpty() ? 0 : events.lastKey());
    }

    @Override
    public Size write(List<StoredEvent> added, Collection<Long> removed) throws IOException {
        gate.acquireUninterruptibly();
        gate.release();
        return change(added, removed);
    }

    private synchronized Size change(List<StoredEvent> added, Collection<Long> removed) throws IOException {
        failIfTold();
        writes++;
        removed.forEach(events::remove);
        added.forEach(stored -> events.put(stored.number(), stored));
        return size(events.values());
    }

    private static Size size(Collection<StoredEvent> events) {
        return new Size(
                events.size(),
                events.stream().mapToLong(stored -> stored.bytes().length).sum());
    }

    @Override
    public synchronized Page read(long after, int max) throws IOException {
        failIfTold();
        return new Page(
                events.tailMap(after, false).values().stream().limit(max).toList(), 0, 0);
    }

    @Override
    public void close() {
        // memory stays
    }

    synchronized void fail(String reason) {
        failure = Optional.of(reason);
    }

    synchronized void heal() {
        failure = Optional.empty();
    }

    /** Writes wait from now on. */
    void hold() {
        gate.acquireUninterruptibly();
    }

    void letGo() {
        gate.release();
    }

    synchronized int size() {
        return events.size();
    }

    synchronized int writes() {
        return writes;
    }

    private synchronized void failIfTold() throws IOException {
        if (failure.isPresent()) {
            throw new IOException(failure.get());
        }
    }
}
