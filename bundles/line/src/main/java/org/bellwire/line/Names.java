package org.bellwire.line;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks up host names with a few threads of its own: a name server that does not answer delays phones with names, never those
 * with addresses.
 */
final class Names implements AutoCloseable {

    /** What came of a look-up: one of these is called once, on any thread. */
    interface Found {
        /** There is at least one. */
        void addresses(List<InetSocketAddress> found);

        void failed(Throwable reason);
    }

    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?=.)|$)){4}");
    private static final int THREADS = 4;
    private static final int MAX_WAITING = 4096;

    private final ThreadPoolExecutor lookups = Daemons.pool("bellwire-line-names-", THREADS, MAX_WAITING);

    /** An address is told at once, on this thread. */
    void resolve(String host, int port, Found then) {
        if (isAddress(host)) {
            lookUp(host, port, then);
            return;
        }
        try {
            lookups.execute(() -> lookUp(host, port, then));
        } catch (RejectedExecutionException e) {
            then.failed(e);
        }
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    private static void lookUp(String host, int port, Found then) {
        List<InetSocketAddress> found;
        try {
            found = Stream.of(InetAddress.getAllByName(host))
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
