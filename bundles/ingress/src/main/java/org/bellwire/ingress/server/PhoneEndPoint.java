package org.bellwire.ingress.server;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bellwire.ingress.admission.ConnectionPermit;
import org.bellwire.ingress.admission.OpenConnections;
import org.bellwire.ingress.http.PeerKind;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Our end of a socket. It reads as its parent does, but never logs what it read, for there are tokens in it. It is closed when
 * nothing moved for the idle time or when its step takes too long, in whatever state it is: its parent leaves some open for ever.
 */
final class PhoneEndPoint extends SocketChannelEndPoint implements ConnectionSocket {

    private final ManagedSelector selector;
    private final ConnectionTimeouts patience;
    private volatile ConnectionPermit place;
    /** Read already, and to be read again. */
    private ByteBuffer unread = BufferUtil.EMPTY_BUFFER;
    /** The deadline is not to be prolonged. */
    private volatile boolean fixed;

    private volatile long deadline;

    PhoneEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler,
            ConnectionTimeouts patience) {
        super(channel, selector, key, scheduler);
        this.selector = selector;
        this.place = (ConnectionPermit) key.attachment();
        this.patience = patience;
        begin(place.origin());
        place.holds(this);
    }

    private void begin(PeerKind origin) {
        boolean stranger = origin == PeerKind.STRANGER;
        deadline = System.nanoTime() + nanos(stranger ? patience.strangerMs() : patience.stepMs());
        fixed = stranger;
        setIdleTimeout(stranger ? Math.min(patience.strangerMs(), patience.idleMs()) : patience.idleMs());
    }

    /** The proxy at its other end speaks for this address; false if the connection has no place there and must end. */
    boolean movesTo(InetAddress phone, OpenConnections connections) {
        Optional<ConnectionPermit> moved = place.serves() ? connections.move(place, phone) : Optional.empty();
        moved.ifPresent(permit -> {
            place = permit;
            begin(permit.origin());
        });
        if (moved.isPresent() && !isOpen()) {
            place.free(); // it was closed meanwhile, and gave back the place that it had before
        }
        return moved.isPresent();
    }

    /** These bytes are what is read next. They are nobody else's any more. */
    void unread(ByteBuffer bytes) {
        unread = bytes;
    }

    ConnectionPermit place() {
        return place;
    }

    @Override
    public InetAddress peer() {
        return place.address();
    }

    @Override
    public PeerKind origin() {
        return place.origin();
    }

    @Override
    public boolean serves() {
        prolong(System.nanoTime(), patience.stepMs());
        return place.serves();
    }

    @Override
    public void waits(int ms) {
        long now = System.nanoTime();
        prolong(now, ms);
        place.waits(now);
        if (ms < getIdleTimeout()) {
            setIdleTimeout(ms); // or nobody would look before
        }
    }

    private void prolong(long now, int ms) {
        long end = now + nanos(ms);
        deadline = fixed && end - deadline > 0 ? deadline : end;
    }

    @Override
    public void afterOthers(Runnable rest) {
        selector.submit(any -> rest.run());
    }

    @Override
    protected long checkIdleTimeout() {
        long left = super.checkIdleTimeout();
        if (left < 0) {
            return left;
        }
        if (deadline - System.nanoTime() <= 0) {
            deadline = System.nanoTime() + nanos(getIdleTimeout()); // for the answer that says so
            onIdleExpired(new TimeoutException());
        }
        long until = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + 1;
        return isOpen() ? Math.min(left > 0 ? left : getIdleTimeout(), until) : -1;
    }

    @Override
    protected void onIdleExpired(TimeoutException timeout) {
        Connection connection = getConnection();
        if (connection == null || connection.onIdleExpired()) {
            close();
        }
    }

    @Override
    public void onClose() {
        try {
            super.onClose();
        } finally {
            place.free();
        }
    }

    @Override
    public int fill(ByteBuffer buffer) {
        if (unread.hasRemaining()) {
            int given = BufferUtil.append(buffer, unread);
            unread = unread.hasRemaining() ? unread : BufferUtil.EMPTY_BUFFER; // which may have been large
            return given;
        }
        if (isInputShutdown()) {
            return -1;
        }
        int position = BufferUtil.flipToFill(buffer);
        int filled = -1;
        try {
            filled = getChannel().read(buffer);
        } catch (IOException e) {
            // The peer went away in the middle: as good as an end.
        } finally {
            BufferUtil.flipToFlush(buffer, position);
        }
        if (filled > 0) {
            notIdle();
        } else if (filled < 0) {
            shutdownInput();
        }
        return filled;
    }

    private static long nanos(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
