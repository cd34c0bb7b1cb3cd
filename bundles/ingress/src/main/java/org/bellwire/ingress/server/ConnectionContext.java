package org.bellwire.ingress.server;

import java.net.InetAddress;
import java.util.concurrent.Executor;
import org.bellwire.api.runtime.LogThrottle;
import org.bellwire.ingress.http.RequestHandler;
import org.eclipse.jetty.io.ByteBufferPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the connections of a port share.
 *
 * @param executor for what is not to be done on the thread that comes upon it
 * @param broken so that a request that we cannot cope with does not fill the log when it is sent again and again
 */
record ConnectionContext(
        Executor executor,
        ByteBufferPool pool,
        RequestHandler door,
        RequestsInFlight exchanges,
        ConnectionTimeouts patience,
        LogThrottle broken) {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionContext.class);
    private static final int PAUSE_S = 60;

    ConnectionContext(
            Executor executor,
            ByteBufferPool pool,
            RequestHandler door,
            RequestsInFlight exchanges,
            ConnectionTimeouts patience) {
        this(executor, pool, door, exchanges, patience, new LogThrottle(PAUSE_S, System::nanoTime));
    }

    /** A connection had to be closed for something that must not happen; its message may hold what the peer sent. */
    void broken(InetAddress peer, Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        broken.next()
                .ifPresent(silent -> LOG.error(
                        "{}: its connection was closed, {} at {} ({} more since the last such line)",
                        peer.getHostAddress(),
                        failure.getClass().getName(),
                        stack.length == 0 ? "an unknown place" : stack[0],
                        silent));
    }
}
