package org.bellwire.line;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Scheme;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.port.WireListener;
import org.bellwire.api.runtime.DaemonThreads;

/**
 * Sends requests to phones, each over a connection of its own. No redirect, no login, no cookie and no second try happens
 * here, and nothing is kept of a phone between requests.
 */
final class RequestSender implements AutoCloseable {

    private static final int TLS_THREADS = 2;
    private static final int RECORD_BYTES = 64 * 1024;

    private final Bounds bounds;
    private final ConnectAttempt.Sockets sockets;
    private final LimitLog limits;
    private final SelectorLoop loop;
    private final NameResolver names;
    private final ThreadPoolExecutor handshakes;
    private final TlsPermits permits;
    private final Supplier<List<WireListener>> watchers;
    private final ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * How much may be under way.
     *
     * @param requests and probes together: one of each for each of 10,000 phones
     * @param tls requests over TLS, each of which holds some 20 KB or more until it ends
     */
    record Bounds(int requests, int tls) {
        static final Bounds DEFAULT = new Bounds(20_000, 256);
    }

    /** What is outside: names, sockets, the time. */
    record Surroundings(NameResolver.Lookup lookup, ConnectAttempt.Sockets sockets, LongSupplier nanoTime) {
        static final Surroundings REAL =
                new Surroundings(InetAddress::getAllByName, SocketChannel::open, System::nanoTime);
    }

    /** @param watchers who wants to know what goes over the wire */
    RequestSender(Bounds bounds, Surroundings surroundings, LimitLog limits, Supplier<List<WireListener>> watchers)
            throws IOException {
        this.bounds = bounds;
        this.limits = limits;
        this.watchers = watchers;
        sockets = surroundings.sockets();
        names = new NameResolver(surroundings.lookup(), surroundings.nanoTime(), limits);
        handshakes = DaemonThreads.pool("bellwire-line-tls-", TLS_THREADS, bounds.tls());
        loop = new SelectorLoop("bellwire-line", surroundings.nanoTime());
        permits = new TlsPermits(loop, bounds.tls(), () -> limits.reached(Limit.LINE_TLS, () -> TlsPermits.FULL));
    }

    /** Starts the thread that sends; what is to be sent before waits for it. */
    void start() {
        loop.start();
    }

    /** Completes with the answer, exceptionally where there is none. */
    CompletableFuture<HttpResponse> send(Address to, byte[] request, ResponseBounds bounds) {
        CompletableFuture<HttpResponse> heard = new CompletableFuture<>();
        return connect(to, bounds.connectMs(), bounds.deadline(), heard, new ConnectAttempt.Outcome() {
            @Override
            public void connected(SocketChannel channel) {
                try {
                    HttpTransaction wire = new HttpTransaction(loop, channel, request, bounds, heard);
                    begin(to, channel, wire);
                    bounds.enough().ifPresent(stop -> stop.thenRun(() -> loop.execute(wire::abandon)));
                } catch (RuntimeException | Error e) {
                    loop.drop(channel);
                    heard.completeExceptionally(e);
                }
            }

            @Override
            public void failed(Throwable reason) {
                heard.completeExceptionally(reason);
            }
        });
    }

    /** Something that a phone sent was more than is read, and was left out. */
    void cut(Address to, String what) {
        limits.reached(
                Limit.LINE_ANSWERS,
                () -> "phone " + to.phone() + ": " + what
                        + "; check that host and port are the phone's, and the phone");
    }

    private void begin(Address to, SocketChannel channel, HttpTransaction wire) {
        if (to.scheme() == Scheme.HTTPS) {
            permits.take(() -> wire.begin(
                    told -> watched(
                            to,
                            new TlsStream(
                                    channel,
                                    PhoneTls.engine(
                                            to.host(), to.port(), to.pin().orElse("")),
                                    record,
                                    handshakes,
                                    told)),
                    permits::giveBack));
        } else {
            wire.begin(told -> watched(to, new PhoneStream.Plain(channel)), () -> {});
        }
    }

    private PhoneStream watched(Address to, PhoneStream stream) {
        List<WireListener> now = watchers.get();
        return now.isEmpty() ? stream : new RecordedStream(stream, new PhoneId(to.phone()), now);
    }

    /** Completes with true when a connection came about in time. */
    CompletableFuture<Boolean> probe(Address to, int withinMs) {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        long deadline = now() + TimeUnit.MILLISECONDS.toNanos(withinMs);
        return connect(to, withinMs, deadline, reached, new ConnectAttempt.Outcome() {
                    @Override
                    public void connected(SocketChannel channel) {
                        loop.drop(channel);
                        reached.complete(true);
                    }

                    @Override
                    public void failed(Throwable reason) {
                        reached.complete(false);
                    }
                })
                .exceptionally(e -> false);
    }

    /** Completes as {@code result} does, and before with a failure where no more may be under way. */
    private <T> CompletableFuture<T> connect(
            Address to, int connectMs, long deadline, CompletableFuture<T> result, ConnectAttempt.Outcome then) {
        if (underWay.incrementAndGet() > bounds.requests()) {
            underWay.decrementAndGet();
            String full = bounds.requests() + " requests to phones are under way: send fewer at a time";
            limits.reached(Limit.LINE_REQUESTS, () -> full);
            result.completeExceptionally(new RequestNotSentException(full));
            return result;
        }
        CompletableFuture<T> counted = result.whenComplete((value, failure) -> {
            underWay.decrementAndGet();
            if (failure instanceof ResponseParser.TooLong || failure instanceof TlsStream.TooMuch) {
                cut(to, String.valueOf(failure.getMessage()));
            }
        });
        ConnectAttempt.start(
                loop, names, this::open, new ConnectAttempt.Wanted(to.host(), to.port(), connectMs, deadline), then);
        return counted;
    }

    private SocketChannel open() throws IOException {
        try {
            return sockets.open();
        } catch (IOException e) {
            String full = "no connection can be opened (" + e.getMessage()
                    + "): allow the process more open files (ulimit -n, LimitNOFILE)";
            limits.reached(Limit.LINE_DESCRIPTORS, () -> full);
            throw new RequestNotSentException(full);
        }
    }

    /** The time by which deadlines are told. */
    long now() {
        return loop.now();
    }

    /** How many are open or on their way. */
    int connections() {
        return loop.guests();
    }

    /** How many requests and probes have no answer yet. */
    int underWay() {
        return underWay.get();
    }

    /** How many requests have a permit for TLS. */
    int permits() {
        return permits.taken();
    }

    SelectorLoop loop() {
        return loop;
    }

    @Override
    public void close() throws IOException {
        loop.close();
        names.close();
        handshakes.shutdownNow();
    }
}
