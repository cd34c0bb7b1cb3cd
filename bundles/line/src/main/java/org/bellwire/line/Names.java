package org.bellwire.line;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Looks up host names with a few threads of its own: a name server that does not answer delays phones with names, never those
 * with addresses.
 */
final class Names implements SocketAddressResolver, AutoCloseable {

    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?=.)|$)){4}");
    private static final int THREADS = 4;
    private static final int MAX_WAITING = 4096;

    private final AtomicInteger count = new AtomicInteger();
    private final ThreadPoolExecutor lookups = new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                Thread thread = new Thread(task, "bellwire-line-names-" + count.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    Names() {
        lookups.allowCoreThreadTimeOut(true);
    }

    @Override
    public void resolve(String host, int port, Promise<List<InetSocketAddress>> promise) {
        if (isAddress(host)) {
            lookUp(host, port, promise);
            return;
        }
        try {
            lookups.execute(() -> lookUp(host, port, promise));
        } catch (RejectedExecutionException e) {
            promise.failed(e);
        }
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    private static void lookUp(String host, int port, Promise<List<InetSocketAddress>> promise) {
        List<InetSocketAddress> found;
        try {
            found = Stream.of(InetAddress.getAllByName(host))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (UnknownHostException | RuntimeException e) {
            promise.failed(e);
            return;
        }
        promise.succeeded(found);
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }
}
