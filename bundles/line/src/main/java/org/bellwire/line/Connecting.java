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

/** The way to a TCP connection: the name is looked up, then its addresses are tried one after the other. */
final class Connecting implements Loop.Guest {

    /** What becomes of it: one of these is called once, on the loop's thread. */
    interface Outcome {
        void connected(SocketChannel channel);

        void failed(Throwable reason);
    }

    private final Loop loop;
    private final long connectNanos;
    private final long deadline;
    private final Outcome outcome;
    private final Queue<InetSocketAddress> addresses = new ArrayDeque<>();
    private final Loop.Place place;
    private @Nullable SocketChannel channel;
    private boolean over;

    private Connecting(Loop loop, int connectMs, long deadline, Outcome outcome) {
        this.loop = loop;
        this.deadline = deadline;
        this.outcome = outcome;
        connectNanos = TimeUnit.MILLISECONDS.toNanos(connectMs);
        place = loop.enter(this, deadline);
    }

    /**
     * Called on any thread.
     *
     * @param connectMs for each address, from when its connection begins
     * @param deadline of all, in {@link System#nanoTime()}
     */
    static void start(Loop loop, Names names, String host, int port, int connectMs, long deadline, Outcome outcome) {
        loop.execute(() -> {
            if (loop.isOver()) {
                outcome.failed(new AsynchronousCloseException());
                return;
            }
            Connecting connecting = new Connecting(loop, connectMs, deadline, outcome);
            names.resolve(host, port, new Names.Found() {
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
        addresses.addAll(found);
        tryNext();
    }

    private void tryNext() {
        InetSocketAddress address = addresses.poll();
        if (over || address == null) {
            return;
        }
        if (System.nanoTime() - deadline >= 0) {
            fail(new TimeoutException());
            return;
        }
        try {
            SocketChannel next = SocketChannel.open();
            channel = next;
            next.configureBlocking(false);
            next.setOption(StandardSocketOptions.TCP_NODELAY, true);
            long own = System.nanoTime() + connectNanos;
            place.until(own - deadline < 0 ? own : deadline);
            if (!next.connect(address)) {
                loop.register(next, SelectionKey.OP_CONNECT, this);
                return;
            }
        } catch (IOException | RuntimeException e) {
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
        if (System.nanoTime() - deadline >= 0) {
            fail(new TimeoutException());
        } else {
            another(new SocketTimeoutException());
        }
    }

    @Override
    public void stopped() {
        fail(new AsynchronousCloseException());
    }

    private void another(Exception reason) {
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
