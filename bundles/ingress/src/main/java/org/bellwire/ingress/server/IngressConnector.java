package org.bellwire.ingress.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.bellwire.ingress.admission.ConnectionPermit;
import org.bellwire.ingress.admission.OpenConnections;
import org.bellwire.ingress.http.PeerKind;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ChannelEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port and its connections. One thread for each two processors accepts, reads and answers: phones open a connection for each
 * event, and nothing here waits, so that handing it to other threads would cost more than the work itself.
 */
class IngressConnector extends ServerConnector {

    static final int SELECTORS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final Logger LOG = LoggerFactory.getLogger(IngressConnector.class);
    private static final int ACCEPT_QUEUE = 1024;
    private static final int NO_ACCEPTORS = 0;
    /** The system would keep megabytes for a peer that does not read, and for one that writes what nobody reads. */
    private static final int SEND_BUFFER = 8 * 1024;

    private static final int RECEIVE_BUFFER = 32 * 1024;

    private final OpenConnections connections;
    private final ConnectionTimeouts patience;
    private final Acceptor acceptance;
    private RequestsInFlight exchanges = new RequestsInFlight();
    private boolean encrypted;
    private volatile boolean dead;

    IngressConnector(
            Server server,
            Scheduler scheduler,
            ByteBufferPool pool,
            OpenConnections connections,
            ConnectionTimeouts patience) {
        super(server, null, scheduler, pool, NO_ACCEPTORS, SELECTORS);
        this.connections = connections;
        this.patience = patience;
        this.acceptance = new Acceptor(scheduler, connections.door());
        setIdleTimeout(patience.idleMs());
        setAcceptQueueSize(ACCEPT_QUEUE);
        setReuseAddress(true);
        setAcceptedTcpNoDelay(true);
        setAcceptedSendBufferSize(SEND_BUFFER);
        setAcceptedReceiveBufferSize(RECEIVE_BUFFER);
    }

    /** Opens a port. Not for one that is open. */
    void open(String host, int port, boolean tls, Function<RequestsInFlight, ConnectionFactory> factory)
            throws IOException {
        exchanges = new RequestsInFlight();
        encrypted = tls;
        dead = false;
        addConnectionFactory(factory.apply(exchanges));
        setHost(host);
        setPort(port);
        try {
            start();
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
        connections.end(this);
    }

    /** Why it takes no connection now, though it is open. */
    Optional<String> fault() {
        return dead ? Optional.of("its thread has ended: restart Bellwire") : acceptance.fault();
    }

    /** The requests under way. */
    int exchanges() {
        return exchanges.underWay();
    }

    /** Accepts a connection, if one is there. */
    Optional<SocketChannel> take(ServerSocketChannel server) throws IOException {
        return Optional.ofNullable(server.accept());
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new Manager(executor, scheduler, selectors);
    }

    @Override
    protected ChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        return new PhoneEndPoint(channel, selector, key, getScheduler(), patience);
    }

    private final class Manager extends ServerConnectorManager {

        Manager(Executor executor, Scheduler scheduler, int selectors) {
            super(executor, scheduler, selectors);
        }

        @Override
        protected ManagedSelector newSelector(int id) {
            return new ManagedSelector(this, id) {
                @Override
                protected void onSelectFailed(Throwable cause) {
                    dead = true;
                }
            };
        }

        /** Only a trusted proxy says whose connection it passes on: nobody else's is delayed by a look for that. */
        @Override
        public Connection newConnection(SelectableChannel channel, EndPoint endPoint, Object place) throws IOException {
            PhoneEndPoint socket = (PhoneEndPoint) endPoint;
            return socket.origin() == PeerKind.PROXY
                    ? new ProxyHeaderConnection(
                            socket,
                            IngressConnector.this,
                            connections,
                            patience.stepMs(),
                            () -> super.newConnection(channel, endPoint, place))
                    : super.newConnection(channel, endPoint, place);
        }

        @Override
        protected void execute(Runnable task) {
            if (isStarted()) {
                task.run(); // opening and ending of a connection, on the thread that came upon it
            } else {
                super.execute(task); // the loop of a selector
            }
        }

        @Override
        protected @Nullable SelectableChannel doAccept(SelectableChannel server) {
            return acceptance
                    .next(() -> take((ServerSocketChannel) server), operations -> listen(server, operations))
                    .orElse(null);
        }

        /** What is heard of the port itself from now on. */
        private void listen(SelectableChannel server, int operations) {
            for (ManagedSelector selector : getBeans(ManagedSelector.class)) {
                selector.submit(some -> Optional.ofNullable(server.keyFor(some))
                        .filter(SelectionKey::isValid)
                        .ifPresent(key -> key.interestOps(operations)));
            }
        }

        @Override
        protected void accepted(SelectableChannel accepted) {
            SocketChannel channel = (SocketChannel) accepted;
            try {
                InetAddress from = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
                Optional<ConnectionPermit> place = connections.admit(IngressConnector.this, channel, from, encrypted);
                if (place.isPresent()) {
                    channel.configureBlocking(false);
                    configure(channel.socket());
                    accept(channel, place.get());
                    return;
                }
            } catch (IOException e) {
                connections.leave(channel); // it has ended before it began
            }
            IO.close(channel);
        }

        /** It has been closed by now. */
        @Override
        protected void onAcceptFailed(SelectableChannel channel, Throwable cause) {
            super.onAcceptFailed(channel, cause);
            connections.leave(channel);
        }
    }
}
