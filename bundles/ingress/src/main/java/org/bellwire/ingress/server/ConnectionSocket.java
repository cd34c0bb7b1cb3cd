package org.bellwire.ingress.server;

import java.io.Closeable;
import java.net.InetAddress;
import org.bellwire.ingress.http.PeerKind;

/** What a connection needs of its socket: its permit, its timeouts, and a turn among others. */
interface ConnectionSocket extends Closeable {

    /** Whose connection it is: of the other end, or of whom a proxy there speaks for. */
    InetAddress peer();

    PeerKind origin();

    /** A whole request has come; false if the connection has lost its place and is about to be closed. */
    boolean serves();

    /** The peer has to act, and to be ready after this time, however often it sends something until then. */
    void waits(int ms);

    /** Goes on when all others have had their turn that have something to be read. */
    void afterOthers(Runnable rest);

    @Override
    void close();
}
