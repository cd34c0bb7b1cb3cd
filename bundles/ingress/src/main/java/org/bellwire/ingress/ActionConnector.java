package org.bellwire.ingress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ChannelEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Accepts connections and hands out {@link ActionConnection}s. One thread for each two processors accepts, reads and answers:
 * phones open a connection for each event, and nothing here ever waits, so that handing it to other threads would cost more
 * than the work itself.
 */
final class ActionConnector extends ServerConnector {

    private static final int ACCEPT_QUEUE = 1024;
    private static final int IDLE_MS = 5000;
    private static final int NO_ACCEPTORS = 0;
    private static final int SELECTORS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    ActionConnector(Server server, Scheduler scheduler, Door door, Exchanges exchanges) {
        super(server, null, scheduler, null, NO_ACCEPTORS, SELECTORS, new ConnectionFactory[] {
            new Factory(door, exchanges)
        });
        setIdleTimeout(IDLE_MS);
        setAcceptQueueSize(ACCEPT_QUEUE);
        setReuseAddress(true);
        setAcceptedTcpNoDelay(true);
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

    private static final class Factory extends AbstractConnectionFactory {
        private final Door door;
        private final Exchanges exchanges;

        Factory(Door door, Exchanges exchanges) {
            super("action");
            this.door = door;
            this.exchanges = exchanges;
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return configure(
                    new ActionConnection(
                            endPoint, connector.getExecutor(), connector.getByteBufferPool(), door, exchanges),
                    connector,
                    endPoint);
        }
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
