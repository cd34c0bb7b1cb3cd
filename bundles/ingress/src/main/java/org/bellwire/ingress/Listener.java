package org.bellwire.ingress;

import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open port with its threads and connections. */
final class Listener implements AutoCloseable {

    static final String THREADS = "bellwire-ingress";

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(6);
    private static final int MAX_THREADS = 16;
    private static final int MIN_THREADS = 4;
    private static final int MAX_CONNECTIONS = 2000;

    private final Exchanges exchanges = new Exchanges();
    private final Server server;
    private final ActionConnector connector;

    private Listener(String host, int port, Door door) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName(THREADS);
        server = new Server(threads);
        connector = new ActionConnector(
                server, new ScheduledExecutorScheduler(THREADS + "-scheduler", true), door, exchanges);
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        server.addBean(new ConnectionLimit(MAX_CONNECTIONS, connector));
    }

    /** Opens a port; 0 stands for any that is free. */
    static Listener open(String host, int port, Door door) throws IOException {
        Listener listener = new Listener(host, port, door);
        try {
            listener.server.start();
            return listener;
        } catch (Exception e) {
            listener.stop();
            throw e instanceof IOException io ? io : new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The port that is really open. */
    int port() {
        return connector.getLocalPort();
    }

    /** Takes no new connection, lets the requests under way be answered, then ends everything. */
    @Override
    public void close() {
        connector.close();
        try {
            if (!exchanges.awaitEnd(LAST_ANSWERS)) {
                LOG.warn("closing the port with requests unanswered: their phones get no answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stop();
    }

    private void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.error("the port did not close cleanly", e);
        }
    }
}
