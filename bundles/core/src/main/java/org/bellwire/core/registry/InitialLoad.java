package org.bellwire.core.registry;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The phones' files that were there at the start and are not read yet: until then an unknown phone may be one of theirs.
 */
final class InitialLoad {

    private static final Logger LOG = LoggerFactory.getLogger(InitialLoad.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Set<String> awaited = ConcurrentHashMap.newKeySet();
    /** Hosts of theirs that are being looked up. */
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    private final CompletableFuture<Void> read = new CompletableFuture<>();
    private final LongSupplier nanos;
    private final long started;

    /** @param nanos as of {@link System#nanoTime()} */
    InitialLoad(Collection<String> pids, LongSupplier nanos) {
        this.nanos = nanos;
        started = nanos.getAsLong();
        awaited.addAll(pids);
        tell();
    }

    /** One has been read, or is gone. Whoever waits for the last one goes on when that is told. */
    void read(String pid) {
        awaited.remove(pid);
    }

    /** The PIDs of those that have not been read. */
    Set<String> awaited() {
        return Set.copyOf(awaited);
    }

    boolean awaits(String pid) {
        return awaited.contains(pid);
    }

    /** A host of one of these files, which is not read before this is called, is being looked up. */
    void awaitName(String host) {
        if (!awaited.isEmpty()) {
            names.add(host);
        }
    }

    void awaitNameNoMore(String host) {
        if (names.remove(host)) {
            tell();
        }
    }

    void awaitNamesNoLongerThan(Duration time) {
        if (!names.isEmpty() && nanos.getAsLong() - started > time.toNanos()) {
            names.clear();
            tell();
        }
    }

    /** Tells those who wait if there is nothing more to wait for; they go on at once, on this thread. */
    void tell() {
        if (awaited.isEmpty() && names.isEmpty()) {
            read.complete(null);
        }
    }

    /** Some have not been read. */
    boolean isOpen() {
        if (!awaited.isEmpty() && nanos.getAsLong() - started > PATIENCE.toNanos()) {
            LOG.warn("these files were there at the start but were never handed over: {}", awaited);
            awaited.clear();
            tell();
        }
        return !(awaited.isEmpty() && names.isEmpty());
    }

    /** Completes when all have been read. */
    CompletionStage<Void> whenRead() {
        return read;
    }
}
