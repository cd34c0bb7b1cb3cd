package org.bellwire.ingress.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bellwire.ingress.admission.ConnectionPermit;
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
    private final ConnectionPermit place;
    private final ConnectionTimeouts patience;
    /** Not to be prolonged. */
    private final boolean fixed;

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
        this.fixed = place.origin() == PeerKind.STRANGER;
        this.deadline = System.nanoTime() + nanos(fixed ? patience.strangerMs() : patience.stepMs());
        setIdleTimeout(fixed ? Math.min(patience.strangerMs(), patience.idleMs()) : patience.idleMs());
        place.holds(this);
    }

    ConnectionPermit place() {
        return place;
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
