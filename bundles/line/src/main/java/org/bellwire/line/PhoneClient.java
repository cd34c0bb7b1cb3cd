package org.bellwire.line;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bellwire.api.port.PhoneLine.Address;

/**
 * Sends requests, each over a connection of its own, and nothing by itself: no redirect, no authentication, no cookie, no second
 * try. How many are under way is for the caller to bound. Nothing is kept of a phone that is not being talked to.
 */
final class PhoneClient implements AutoCloseable {

    private static final int TLS_THREADS = 2;

    private final Loop loop = new Loop("bellwire-line");
    private final Names names = new Names();
    private final ThreadPoolExecutor handshakes = Daemons.pool("bellwire-line-tls-", TLS_THREADS, Integer.MAX_VALUE);

    PhoneClient() throws IOException {}

    /**
     * Completes with the answer, exceptionally where there is none.
     *
     * @param deadline in {@link System#nanoTime()}
     */
    CompletableFuture<Heard> send(Address to, byte[] head, int connectMs, long deadline) {
        CompletableFuture<Heard> heard = new CompletableFuture<>();
        connect(to, connectMs, deadline, new Connecting.Outcome() {
            @Override
            public void connected(SocketChannel channel) {
                try {
                    new Wire(loop, channel, streams(to, channel), head, deadline, heard).ready();
                } catch (RuntimeException e) {
                    loop.drop(channel);
                    heard.completeExceptionally(e);
                }
            }

            @Override
            public void failed(Throwable reason) {
                heard.completeExceptionally(reason);
            }
        });
        return heard;
    }

    /** Completes with true when a connection came about in time. */
    CompletableFuture<Boolean> probe(Address to, int withinMs) {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs);
        connect(to, withinMs, deadline, new Connecting.Outcome() {
            @Override
            public void connected(SocketChannel channel) {
                loop.drop(channel);
                reached.complete(true);
            }

            @Override
            public void failed(Throwable reason) {
                reached.complete(false);
            }
        });
        return reached;
    }

    private void connect(Address to, int connectMs, long deadline, Connecting.Outcome then) {
        Connecting.start(loop, names, to.host(), to.port(), connectMs, deadline, then);
    }

    private Function<Runnable, Stream> streams(Address to, SocketChannel channel) {
        return to.scheme().equals("https")
                ? told -> new TlsStream(
                        channel, PhoneTls.engine(to.host(), to.port(), to.pin().orElse("")), handshakes, told)
                : told -> new Stream.Plain(channel);
    }

    /** How many are open or on their way. */
    int connections() {
        return loop.guests();
    }

    @Override
    public void close() throws IOException {
        loop.close();
        names.close();
        handshakes.shutdownNow();
    }
}
