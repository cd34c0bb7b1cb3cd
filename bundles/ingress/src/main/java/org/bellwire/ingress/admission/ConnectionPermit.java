package org.bellwire.ingress.admission;

import java.io.Closeable;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.bellwire.ingress.http.PeerKind;
import org.eclipse.jetty.util.IO;

/**
 * A connection's place among all open ones. It can be taken away while only the peer is waited for, never while a request is
 * with core.
 */
public final class ConnectionPermit {

    /** Who granted the place. */
    interface Grantor {

        void handshaken(ConnectionPermit place);

        void leave(ConnectionPermit place);
    }

    private static final long BUSY = Long.MAX_VALUE;
    private static final long LOST = Long.MIN_VALUE;

    private final Grantor all;
    private final Object port;
    private final SocketChannel channel;
    private final InetAddress address;
    private final PeerKind origin;
    private final AtomicLong waitingSince = new AtomicLong(BUSY);
    private volatile Closeable connection;
    private volatile boolean handshaking;

    ConnectionPermit(
            Grantor all, Object port, SocketChannel channel, InetAddress address, PeerKind origin, boolean encrypted) {
        this.all = all;
        this.port = port;
        this.channel = channel;
        this.address = address;
        this.origin = origin;
        this.handshaking = encrypted;
        this.connection = channel;
    }

    /** The same connection's place at another address. */
    ConnectionPermit at(InetAddress other, PeerKind rights) {
        ConnectionPermit moved = new ConnectionPermit(all, port, channel, other, rights, handshaking);
        moved.holds(connection);
        return moved;
    }

    Object port() {
        return port;
    }

    SocketChannel channel() {
        return channel;
    }

    public InetAddress address() {
        return address;
    }

    public PeerKind origin() {
        return origin;
    }

    /** What is to be closed when the place is lost. */
    public void holds(Closeable what) {
        connection = what;
    }

    /** From now on the peer has to do something. */
    public void waits(long now) {
        waitingSince.compareAndSet(BUSY, now);
    }

    /** From now on the peer waits for us; false if the place is lost. */
    public boolean serves() {
        long since = waitingSince.get();
        return since != LOST && waitingSince.compareAndSet(since, BUSY);
    }

    boolean isWaiting() {
        long since = waitingSince.get();
        return since != BUSY && since != LOST;
    }

    /** Waits for the peer for longer than the other one, which waits too. */
    boolean waitsLongerThan(ConnectionPermit other) {
        return waitingSince.get() - other.waitingSince.get() < 0;
    }

    /** Takes the place away, unless the peer is not waited for any more. */
    boolean lose() {
        long since = waitingSince.get();
        return since != BUSY && since != LOST && waitingSince.compareAndSet(since, LOST);
    }

    /** The TLS handshake has not ended. */
    public boolean isHandshaking() {
        return handshaking;
    }

    public void handshaken() {
        all.handshaken(this);
    }

    /** To be told by the grantor only. */
    void endHandshake() {
        handshaking = false;
    }

    public void free() {
        all.leave(this);
    }

    /** Closes what holds the place, which may take its time while a handshake goes on. */
    void close(Executor executor) {
        if (handshaking) {
            executor.execute(() -> IO.close(connection));
        } else {
            IO.close(connection);
        }
    }
}
