package org.bellwire.ingress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.eclipse.jetty.io.ChannelEndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port that is open or not, and its connections. One thread for each two processors accepts, reads and answers:
 * phones open a connection for each event, and nothing here ever waits, so that handing it to other threads would cost more
 * than the work itself.
 */
final class ActionConnector extends ServerConnector {

    private static final Logger LOG = LoggerFactory.getLogger(ActionConnector.class);
    private static final int ACCEPT_QUEUE = 1024;
    private static final int IDLE_MS = 5000;
    private static final int NO_ACCEPTORS = 0;
    private static final int SELECTORS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private Exchanges exchanges = new Exchanges();
    private volatile boolean accepting = true;

    ActionConnector(Server server, Scheduler scheduler) {
        super(server, null, scheduler, null, NO_ACCEPTORS, SELECTORS);
        setIdleTimeout(IDLE_MS);
        setAcceptQueueSize(ACCEPT_QUEUE);
        setReuseAddress(true);
        setAcceptedTcpNoDelay(true);
    }

    /** Opens a port. Not for one that is open. */
    void open(String host, int port, Function<Exchanges, ConnectionFactory> factory) throws IOException {
        exchanges = new Exchanges();
        addConnectionFactory(factory.apply(exchanges));
        setHost(host);
        setPort(port);
        try {
            start();
            setAccepting(accepting);
        } catch (Exception e) {
            end();
            throw e instanceof IOException io ? io : new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Lets the requests under way be answered; nothing new is begun from now on. */
    void finish(Duration atMost) {
        exchanges.close();
        close();
        try {
            if (!exchanges.awaitEnd(atMost)) {
                LOG.warn("closing the port with requests unanswered: their phones get no answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the port with all its connections. */
    void end() {
        try {
            stop();
        } catch (Exception e) {
            LOG.error("the port did not close cleanly", e);
        }
    }

    /** Also heard while the port is closed: it is opened so. */
    @Override
    public void setAccepting(boolean whether) {
        accepting = whether;
        if (isOpen()) {
            super.setAccepting(whether);
        }
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new ServerConnectorManager(executor, scheduler, selectors) {
            @Override
            protected void execute(Runnable task) {
                if (isStarted()) {
                    task.run(); // opening and ending of a connection, on the thread that came upon it
                } else {
                    super.execute(task); // the loop of a selector
                }
            }
        };
    }

    @Override
    protected ChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new DiscreetEndPoint(channel, selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    /** Reads as its parent does, but never logs what it read, for there are tokens in it. */
    private static final class DiscreetEndPoint extends SocketChannelEndPoint {

        DiscreetEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
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
    }
}
