package org.bellwire.line;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.bellwire.api.config.IpLiteral;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.runtime.DaemonThreads;

/**
 * Looks up host names with a few threads of its own, so that a name server that does not answer delays phones with names but
 * never those with addresses.
 */
final class NameResolver implements AutoCloseable {

    /** What came of a look-up: one of these is called once, on any thread. */
    interface Found {
        /** There is at least one. */
        void addresses(List<InetSocketAddress> found);

        void failed(Throwable reason);
    }

    private static final int THREADS = 4;
    private static final int MAX_WAITING = 4096;
    private static final String FULL = "the names of " + MAX_WAITING
            + " phones are being looked up: check the name server, or set host to an address";

    private final ThreadPoolExecutor lookups;
    private final Lookup lookup;
    private final LongSupplier nanoTime;
    private final LimitLog limits;

    /** Asks for a name's addresses, for as long as it takes. */
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    NameResolver(Lookup lookup, LongSupplier nanoTime, LimitLog limits) {
        this.lookup = lookup;
        this.nanoTime = nanoTime;
        this.limits = limits;
        lookups = DaemonThreads.pool("bellwire-line-names-", THREADS, MAX_WAITING);
    }

    /**
     * An address is told at once, on this thread.
     *
     * @param deadline after which nobody wants to know any more: a name that is still waiting then is not looked up
     */
    void resolve(String host, int port, long deadline, Found then) {
        if (IpLiteral.hasForm(host)) {
            lookUp(host, port, InetAddress::getAllByName, then);
            return;
        }
        try {
            lookups.execute(() -> {
                if (nanoTime.getAsLong() - deadline < 0) {
                    lookUp(host, port, lookup, then);
                }
            });
        } catch (RejectedExecutionException e) {
            if (lookups.isShutdown()) {
                then.failed(new AsynchronousCloseException());
                return;
            }
            limits.reached(Limit.LINE_LOOKUPS, () -> FULL);
            then.failed(new RequestNotSentException(FULL));
        }
    }

    private static void lookUp(String host, int port, Lookup lookup, Found then) {
        List<InetSocketAddress> found;
        try {
            found = Stream.of(lookup.of(host))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (UnknownHostException | RuntimeException e) {
            then.failed(e);
            return;
        }
        then.addresses(found);
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }
}
