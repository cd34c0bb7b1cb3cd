package org.bellwire.mqtt;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store in one file of H2's MVStore. A file that is corrupt is put aside. */
final class DiskStore implements Store {

    private static final Logger log = LoggerFactory.getLogger(DiskStore.class);
    private static final int CACHE_MB = 1;
    /** How long space is left alone that was freed; each commit is forced to disk, so that it need not be long. */
    private static final int REUSE_AFTER_MS = 2000;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final Path dir;
    private final Path file;
    private final Clock clock;
    private Optional<MVStore> open = Optional.empty();
    private boolean corrupt;

    DiskStore(Path dir, Clock clock) {
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
        MVStore store = openFile();
        open = Optional.of(store);
        return guarded(() -> {
            store.setRetentionTime(REUSE_AFTER_MS);
            store.setVersionsToKeep(0);
            if (store.isReadOnly()) {
                throw new IOException(file + " is read-only");
            }
            store.setStoreVersion(store.getStoreVersion() + 1); // a change, to see that it can be written
            store.commit();
            store.sync();
            if (made) {
                syncDirectory();
            }
            MVMap<Long, byte[]> events = events(store);
            Long last = events.lastKey();
            return new Contents(events.sizeAsLong(), last == null ? 0 : last);
        });
    }

    private MVStore openFile() throws IOException {
        try {
            return tryToOpen();
        } catch (MVStoreException e) {
            if (!isCorruption(e)) {
                throw failure(e);
            }
            quarantine(String.valueOf(e.getMessage()));
        }
        try {
            return tryToOpen();
        } catch (MVStoreException e) {
            throw failure(e);
        }
    }

    private MVStore tryToOpen() {
        return new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .cacheSize(CACHE_MB)
                .open();
    }

    private static MVMap<Long, byte[]> events(MVStore store) {
        return store.openMap(
                "events",
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }

    @Override
    public long write(List<Stored> added, Collection<Long> removed) throws IOException {
        MVStore store = opened();
        return guarded(() -> {
            MVMap<Long, byte[]> events = events(store);
            removed.forEach(events::remove);
            added.forEach(stored -> events.put(stored.number(), stored.bytes()));
            store.commit();
            store.sync();
            return events.sizeAsLong();
        });
    }

    @Override
    public Page read(long after, int max) throws IOException {
        MVStore store = opened();
        return guarded(() -> {
            List<Stored> found = new ArrayList<>();
            List<Long> damaged = new ArrayList<>();
            MVMap<Long, byte[]> events = events(store);
            Cursor<Long, byte[]> cursor = events.cursor(after + 1);
            while (found.size() < max && cursor.hasNext()) {
                Long number = cursor.next();
                try {
                    found.add(Stored.of(number, cursor.getValue()));
                } catch (IOException e) {
                    log.debug("{}: event {} is damaged", file, number, e);
                    damaged.add(number);
                }
            }
            damaged.forEach(events::remove);
            return new Page(found, damaged.size());
        });
    }

    @Override
    public void close() {
        if (open.isEmpty()) {
            return;
        }
        MVStore store = open.get();
        open = Optional.empty();
        try {
            if (!store.isClosed() && events(store).isEmpty()) {
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
        Path aside = file.resolveSibling("events-" + STAMP.format(clock.instant()) + ".corrupt");
        Files.move(file, aside);
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
