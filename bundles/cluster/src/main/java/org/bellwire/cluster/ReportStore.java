package org.bellwire.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bellwire.store.SetAsideFile;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports that were promised and are not in Kafka, by number, in one file beside the spool of events. Of one thread. */
final class ReportStore {

    private static final Logger LOG = LoggerFactory.getLogger(ReportStore.class);
    private static final int REUSE_AFTER_MS = 2000;
    /** Of reports that are read at once. */
    private static final int PAGE_BYTES = 1 << 20;

    private final Path file;
    private final Supplier<Instant> now;
    private Optional<MVStore> open = Optional.empty();
    private long bytes;
    private long last;

    ReportStore(Path dir, Supplier<Instant> now) {
        file = dir.resolve("reports.mv");
        this.now = now;
    }

    /** There is something to open. */
    boolean exists() {
        return Files.exists(file);
    }

    boolean isOpen() {
        return open.isPresent();
    }

    void open() throws IOException {
        close();
        Files.createDirectories(file.getParent());
        MVStore store;
        try {
            store = tryToOpen();
        } catch (MVStoreException e) {
            if (!isCorruption(e)) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
            Path aside = SetAsideFile.move(file, "corrupt", now.get());
            LOG.warn("{}: corrupt: put aside as {}; a new one is begun, what it held is not published", file, aside);
            store = tryAgainToOpen();
        }
        store.setRetentionTime(REUSE_AFTER_MS);
        store.setVersionsToKeep(0);
        open = Optional.of(store);
        MVMap<Long, byte[]> map = map();
        Long highest = map.lastKey();
        last = highest == null ? last : Math.max(last, highest);
        bytes = 0;
        Cursor<Long, byte[]> all = map.cursor(null);
        while (all.hasNext()) {
            all.next();
            bytes += all.getValue().length;
        }
    }

    private MVStore tryToOpen() {
        return new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .cacheSize(1)
                .open();
    }

    private MVStore tryAgainToOpen() throws IOException {
        try {
            return tryToOpen();
        } catch (MVStoreException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static boolean isCorruption(MVStoreException e) {
        return !(e.getCause() instanceof IOException)
                && e.getErrorCode() != DataUtils.ERROR_FILE_LOCKED
                && e.getErrorCode() != DataUtils.ERROR_CLOSED;
    }

    private MVMap<Long, byte[]> map() throws IOException {
        MVStore store = open.orElseThrow(() -> new IOException(file + " is not open"));
        return store.openMap(
                "reports",
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }

    /** The number of the next report. */
    long nextNumber() {
        return ++last;
    }

    long count() throws IOException {
        return map().sizeAsLong();
    }

    long bytes() {
        return bytes;
    }

    /** On disk, for good, when it returns. */
    void write(Map<Long, byte[]> added, Collection<Long> removed) throws IOException {
        try {
            MVMap<Long, byte[]> map = map();
            for (Map.Entry<Long, byte[]> each : added.entrySet()) {
                map.put(each.getKey(), each.getValue());
                bytes += each.getValue().length;
            }
            for (Long number : removed) {
                byte[] before = map.remove(number);
                bytes -= before == null ? 0 : before.length;
            }
            MVStore store = open.orElseThrow();
            store.commit();
            store.sync();
        } catch (MVStoreException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** The next reports after a number, in order. */
    Map<Long, byte[]> read(long after, int max) throws IOException {
        try {
            Map<Long, byte[]> page = new TreeMap<>();
            long size = 0;
            Cursor<Long, byte[]> cursor = map().cursor(after + 1);
            while (page.size() < max && size < PAGE_BYTES && cursor.hasNext()) {
                Long number = cursor.next();
                page.put(number, cursor.getValue());
                size += cursor.getValue().length;
            }
            return page;
        } catch (MVStoreException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Gives everything back. An empty one leaves no file behind. */
    void close() {
        if (open.isEmpty()) {
            return;
        }
        MVStore store = open.get();
        try {
            boolean empty = !store.isClosed() && map().isEmpty();
            open = Optional.empty();
            if (empty) {
                store.closeImmediately();
                Files.deleteIfExists(file);
            } else {
                store.close();
            }
        } catch (MVStoreException | IOException e) {
            LOG.debug("{}: closing failed", file, e);
            open = Optional.empty();
            store.closeImmediately();
        }
    }
}
