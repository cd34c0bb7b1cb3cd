package org.bellwire.mqtt.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bellwire.store.SetAsideFile;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store in one file of H2's MVStore. A file that is corrupt, or of a newer Bellwire, is put aside under another name. */
public final class MvEventStore implements EventStore {

    private static final Logger log = LoggerFactory.getLogger(MvEventStore.class);
    private static final int CACHE_MB = 1;
    /** How long space is left alone that was freed; each commit is forced to disk, so that it need not be long. */
    private static final int REUSE_AFTER_MS = 2000;
    /** Of events that are read at once. */
    private static final int PAGE_BYTES = 4 << 20;
    /** Of events that are put aside at once. */
    private static final int MANY = 1000;

    private final Path dir;
    private final Path file;
    private final Clock clock;
    private Optional<MVStore> open = Optional.empty();
    private boolean corrupt;

    public MvEventStore(Path dir, Clock clock) {
        this.dir = dir;
        file = dir.resolve("events.mv");
        this.clock = clock;
    }

    @Override
    public boolean exists() {
        return Files.exists(file);
    }

    @Override
    public void check() throws IOException {
        try {
            Files.createDirectories(dir);
        } catch (IOException e) {
            throw new IOException(dir + " is no folder and cannot become one: put 'dir' right", e);
        }
        if (!Files.isWritable(dir)) {
            throw new IOException(dir + " is not writable: give this user the right to, or put 'dir' right");
        }
    }

    @Override
    public Contents open() throws IOException {
        close();
        check();
        if (corrupt) {
            quarantine("it could not be read");
        }
        boolean made = !exists();
        MVStore store = openOurs();
        open = Optional.of(store);
        return guarded(() -> {
            store.setRetentionTime(REUSE_AFTER_MS);
            store.setVersionsToKeep(0);
            if (store.isReadOnly()) {
                throw new IOException(file + " is read-only");
            }
            MvEventMaps maps = new MvEventMaps(store);
            maps.sign();
            store.setStoreVersion(store.getStoreVersion() + 1); // a change, to see that it can be written
            store.commit();
            store.sync();
            if (made) {
                syncDirectory();
            }
            Long last = maps.events().lastKey();
            return new Contents(maps.size(), last == null ? 0 : last);
        });
    }

    /** The file, if this Bellwire understands it as a whole; else a new one. */
    private MVStore openOurs() throws IOException {
        MVStore store = openFile();
        try {
            if (!new MvEventMaps(store).isForeign()) {
                return store;
            }
        } catch (MVStoreException e) {
            store.closeImmediately();
            corrupt = isCorruption(e);
            throw failure(e);
        }
        store.closeImmediately();
        Path aside = SetAsideFile.move(file, "newer", clock.instant());
        log.warn(
                "{}: written by a newer Bellwire: put aside as {} and not published; a new spool is begun. To publish it, run the"
                        + " newer Bellwire with that file as events.mv",
                file,
                aside);
        return openFile();
    }

    private MVStore openFile() throws IOException {
        try {
            return tryToOpen(file);
        } catch (MVStoreException e) {
            if (!isCorruption(e)) {
                throw failure(e);
            }
            quarantine(String.valueOf(e.getMessage()));
        }
        try {
            return tryToOpen(file);
        } catch (MVStoreException e) {
            throw failure(e);
        }
    }

    private static MVStore tryToOpen(Path file) {
        return new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .cacheSize(CACHE_MB)
                .open();
    }

    @Override
    public Size write(List<StoredEvent> added, Collection<Long> removed) throws IOException {
        MVStore store = opened();
        return guarded(() -> {
            MvEventMaps maps = new MvEventMaps(store);
            removed.forEach(maps::remove);
            added.forEach(stored -> maps.put(stored.number(), stored.bytes()));
            Size size = maps.noteSize();
            store.commit();
            store.sync();
            return size;
        });
    }

    @Override
    public Page read(long after, int max) throws IOException {
        MVStore store = opened();
        return guarded(() -> {
            List<StoredEvent> found = new ArrayList<>();
            List<Long> damaged = new ArrayList<>();
            Map<Long, byte[]> foreign = new TreeMap<>();
            long bytes = 0;
            MvEventMaps maps = new MvEventMaps(store);
            Cursor<Long, byte[]> cursor = maps.events().cursor(after + 1);
            while (found.size() < max && bytes < PAGE_BYTES && damaged.size() < MANY && cursor.hasNext()) {
                Long number = cursor.next();
                bytes += cursor.getValue().length;
                try {
                    found.add(StoredEvent.of(number, cursor.getValue()));
                } catch (NewerFormatException e) {
                    foreign.put(number, cursor.getValue());
                } catch (IOException e) {
                    log.debug("{}: event {} is damaged", file, number, e);
                    damaged.add(number);
                }
            }
            damaged.forEach(maps::remove);
            putAside(foreign);
            foreign.keySet().forEach(maps::remove);
            if (!damaged.isEmpty() || !foreign.isEmpty()) {
                maps.noteSize();
            }
            return new Page(found, damaged.size(), foreign.size());
        });
    }

    /** Into a file of its own, before they leave this one. */
    private void putAside(Map<Long, byte[]> foreign) throws IOException {
        if (foreign.isEmpty()) {
            return;
        }
        Path aside = dir.resolve("events-of-newer-version.mv");
        try (MVStore store = tryToOpen(aside)) {
            MvEventMaps maps = new MvEventMaps(store);
            foreign.forEach(maps::put);
            store.commit();
            store.sync();
        } catch (MVStoreException e) {
            throw new IOException(aside + ": " + e.getMessage(), e);
        }
        log.warn(
                "{}: {} events were written by a newer Bellwire: put aside in {} and not published. To publish them, run the newer"
                        + " Bellwire with that file as events.mv",
                file,
                foreign.size(),
                aside);
    }

    @Override
    public void close() {
        if (open.isEmpty()) {
            return;
        }
        MVStore store = open.get();
        open = Optional.empty();
        try {
            if (!store.isClosed() && new MvEventMaps(store).events().isEmpty()) {
                store.closeImmediately();
                Files.deleteIfExists(file);
            } else {
                store.close();
            }
        } catch (MVStoreException | IOException e) {
            log.debug("{}: closing failed", file, e);
            store.closeImmediately();
        }
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private MVStore opened() throws IOException {
        return open.orElseThrow(() -> new IOException(file + " is not open"));
    }

    private <T> T guarded(Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (MVStoreException e) {
            corrupt = isCorruption(e);
            open.ifPresent(MVStore::closeImmediately);
            throw failure(e);
        }
    }

    private IOException failure(MVStoreException e) {
        if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
            return new IOException(file + " is in use by another process: give each Bellwire a 'dir' of its own", e);
        }
        Throwable cause = e.getCause() instanceof IOException io ? io : e;
        return new IOException(file + ": " + cause.getMessage(), e);
    }

    private static boolean isCorruption(MVStoreException e) {
        if (e.getCause() instanceof IOException) {
            return false;
        }
        return switch (e.getErrorCode()) {
            case DataUtils.ERROR_FILE_CORRUPT,
                    DataUtils.ERROR_UNSUPPORTED_FORMAT,
                    DataUtils.ERROR_INTERNAL,
                    DataUtils.ERROR_CHUNK_NOT_FOUND,
                    DataUtils.ERROR_BLOCK_NOT_FOUND,
                    DataUtils.ERROR_SERIALIZATION,
                    DataUtils.ERROR_UNKNOWN_DATA_TYPE -> true;
            default -> false;
        };
    }

    private void quarantine(String reason) throws IOException {
        Path aside = SetAsideFile.move(file, "corrupt", clock.instant());
        corrupt = false;
        log.warn(
                "{}: corrupt ({}): put aside as {}; a new spool is begun, what it held is not published",
                file,
                reason,
                aside);
    }

    /** Makes the name of a new file durable. */
    private void syncDirectory() {
        try (FileChannel channel = FileChannel.open(dir, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            log.debug("{}: not every system lets a folder be forced to disk", dir, e);
        }
    }
}
