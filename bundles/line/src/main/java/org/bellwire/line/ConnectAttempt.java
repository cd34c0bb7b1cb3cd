package org.bellwire.line;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Opens a TCP connection: looks up the name, then tries its addresses one after the other. */
final class ConnectAttempt implements SelectorLoop.Guest {

    /** A name with more addresses than that is no phone's, and a name server may send thousands. */
    private static final int MAX_ADDRESSES = 8;

    /** What becomes of it: one of these is called once, on the loop's thread. */
    interface Outcome {
        void connected(SocketChannel channel);

        void failed(Throwable reason);
    }

    /** Opens a channel that is not connected yet. */
    interface Sockets {
        SocketChannel open() throws IOException;
    }

    /**
     * What is wanted.
     *
     * @param connectMs for each address, from when its connection begins
     * @param deadline of all, in the loop's time
     */
    record Wanted(String host, int port, int connectMs, long deadline) {}

    private final SelectorLoop loop;
    private final Sockets sockets;
    private final Wanted wanted;
    private final Outcome outcome;
    private final Queue<InetSocketAddress> addresses = new ArrayDeque<>();
    private final SelectorLoop.Place place;
    private @Nullable SocketChannel channel;
    private boolean over;

    private ConnectAttempt(SelectorLoop loop, Sockets sockets, Wanted wanted, Outcome outcome) {
        this.loop = loop;
        this.sockets = sockets;
        this.wanted = wanted;
        this.outcome = outcome;
        place = loop.enter(this, wanted.deadline());
    }

    /** Called on any thread. */
    static void start(SelectorLoop loop, NameResolver names, Sockets sockets, Wanted wanted, Outcome outcome) {
        loop.execute(() -> {
            if (loop.isOver()) {
                outcome.failed(new AsynchronousCloseException());
                return;
            }
            ConnectAttempt connecting = new ConnectAttempt(loop, sockets, wanted, outcome);
            names.resolve(wanted.host(), wanted.port(), wanted.deadline(), new NameResolver.Found() {
                @Override
                public void addresses(List<InetSocketAddress> found) {
                    loop.execute(() -> connecting.begin(found));
                }

                @Override
                public void failed(Throwable reason) {
                    loop.execute(() -> connecting.fail(reason));
                }
            });
        });
    }

    private void begin(List<InetSocketAddress> found) {
        found.stream().limit(MAX_ADDRESSES).forEach(addresses::add);
        tryNext();
    }

    private void tryNext() {
        InetSocketAddress address = addresses.poll();
        if (over || address == null) {
            return;
        }
        if (loop.now() - wanted.deadline() >= 0) {
            fail(new TimeoutException());
            return;
        }
        try {
            SocketChannel next = sockets.open();
            channel = next;
            next.configureBlocking(false);
            next.setOption(StandardSocketOptions.TCP_NODELAY, true);
            long own = loop.now() + TimeUnit.MILLISECONDS.toNanos(wanted.connectMs());
            place.until(own - wanted.deadline() < 0 ? own : wanted.deadline());
            if (!next.connect(address)) {
                loop.register(next, SelectionKey.OP_CONNECT, this);
                return;
            }
        } catch (IOException | RuntimeException | Error e) {
            another(e);
            return;
        }
        succeed();
    }

    @Override
    public void ready() {
        try {
            if (over || channel == null || !channel.finishConnect()) {
                return;
            }
        } catch (IOException | RuntimeException e) {
            another(e);
            return;
        }
        succeed();
    }

    @Override
    public void expired() {
        if (loop.now() - wanted.deadline() >= 0) {
            fail(new TimeoutException());
        } else {
            another(new SocketTimeoutException());
        }
    }

    @Override
    public void failed(Throwable reason) {
        fail(reason);
    }

    private void another(Throwable reason) {
        if (addresses.isEmpty()) {
            fail(reason);
        } else {
            loop.drop(channel);
            tryNext();
        }
    }

    private void succeed() {
        over = true;
        place.leave();
        outcome.connected(Objects.requireNonNull(channel));
    }

    private void fail(Throwable reason) {
        if (!over) {
            over = true;
            place.leave();
            loop.drop(channel);
            outcome.failed(reason);
        }
    }
}
