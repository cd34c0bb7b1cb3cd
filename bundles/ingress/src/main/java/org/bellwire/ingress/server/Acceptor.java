package org.bellwire.ingress.server;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.bellwire.api.port.Limit;
import org.bellwire.ingress.http.RequestHandler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections, a few at a time, so that those already there have their turn. Where none can be accepted (no file
 * descriptors) it pauses instead of trying in a loop.
 */
final class Acceptor {

    static final int AT_A_TIME = 64;
    static final int PAUSE_MS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
    private static final int NOTHING = 0;

    private final Scheduler scheduler;
    private final RequestHandler door;
    private int taken;
    private volatile Optional<String> fault = Optional.empty();

    Acceptor(Scheduler scheduler, RequestHandler door) {
        this.scheduler = scheduler;
        this.door = door;
    }

    /** One connection, if there is one. */
    interface Source {
        Optional<SocketChannel> take() throws IOException;
    }

    /**
     * The next one; empty if it is the others' turn.
     *
     * @param listen takes the operations of a selector that the port is to be told of from now on
     */
    Optional<SocketChannel> next(Source source, IntConsumer listen) {
        try {
            Optional<SocketChannel> next = taken < AT_A_TIME ? source.take() : Optional.empty();
            taken = next.isPresent() ? taken + 1 : 0;
            if (next.isPresent() && fault.isPresent()) {
                fault = Optional.empty();
                LOG.info("connections are accepted again");
            }
            return next;
        } catch (IOException e) {
            taken = 0;
            String why = "no connection can be accepted (" + e.getMessage() + ")";
            fault = Optional.of(why + ": let the process open more files (LimitNOFILE of the service, or ulimit -n)");
            door.reached(Limit.INGRESS_DESCRIPTORS, why);
            listen.accept(NOTHING);
            scheduler.schedule(() -> listen.accept(SelectionKey.OP_ACCEPT), PAUSE_MS, TimeUnit.MILLISECONDS);
            return Optional.empty();
        }
    }

    /** Why none can be accepted, and what to change. */
    Optional<String> fault() {
        return fault;
    }
}
