package org.bellwire.ingress.server;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.bellwire.ingress.http.PeerKind;

/** A socket that always has its place; what is to be done after others is kept. */
final class FakeConnectionSocket implements ConnectionSocket {

    private final List<Runnable> rest = new ArrayList<>();
    private boolean closed;

    @Override
    public InetAddress peer() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public PeerKind origin() {
        return PeerKind.PHONE;
    }

    @Override
    public boolean serves() {
        return true;
    }

    @Override
    public void waits(int ms) {
        // It waits for ever.
    }

    @Override
    public void afterOthers(Runnable task) {
        rest.add(task);
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** Takes what waits for others. */
    List<Runnable> rest() {
        List<Runnable> taken = List.copyOf(rest);
        rest.clear();
        return taken;
    }
}
