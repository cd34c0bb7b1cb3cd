package org.bellwire.ingress.server;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.bellwire.ingress.admission.ConnectionLimits;
import org.bellwire.ingress.admission.HandshakeQueue;
import org.bellwire.ingress.admission.OpenConnections;
import org.bellwire.ingress.http.RequestHandler;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open ports, plain and TLS, with the threads and limits that they share. */
public final class HttpServer implements AutoCloseable {

    public static final String THREADS = "bellwire-ingress";

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(6);
    private static final int MAX_THREADS = 16;
    private static final int MIN_THREADS = 4;
    /** So much memory is kept ready for each port's reading, and as much for TLS. */
    private static final int KEPT_BYTES = 2 * 1024 * 1024;

    private final Server server;
    private final RequestHandler door;
    private final ConnectionTimeouts patience;
    private final Supplier<ByteBufferPool> pools;
    private final OpenConnections connections;
    private final HandshakeQueue handshakes;
    private final IngressConnector plain;
    private final IngressConnector tls;
    private Optional<TlsPort> encrypted = Optional.empty();

    /** Nothing is open yet. */
    HttpServer(
            RequestHandler door,
            ConnectionLimits capacity,
            ConnectionTimeouts patience,
            Supplier<ByteBufferPool> pools) {
        this.door = door;
        this.patience = patience;
        this.pools = pools;
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName(THREADS);
        threads.setDaemon(true);
        server = new Server(threads);
        connections = new OpenConnections(capacity, door, threads);
        // One more than serve the ports: one address may keep one of them busy.
        handshakes = new HandshakeQueue(threads, IngressConnector.SELECTORS + 1);
        plain = connector("-scheduler");
        tls = connector("-tls-scheduler");
    }

    private IngressConnector connector(String scheduler) {
        return new IngressConnector(
                server, new ScheduledExecutorScheduler(THREADS + scheduler, true), pools.get(), connections, patience);
    }

    /** Opens a port; 0 stands for any that is free. */
    static HttpServer open(String host, int port, RequestHandler door) throws IOException {
        HttpServer listener =
                new HttpServer(door, ConnectionLimits.STANDARD, ConnectionTimeouts.STANDARD, HttpServer::pool);
        listener.listen(host, port);
        return listener;
    }

    private static ByteBufferPool pool() {
        return new ArrayByteBufferPool(-1, -1, -1, -1, KEPT_BYTES, KEPT_BYTES);
    }

    /** Opens the port for plain HTTP, or ends all. */
    void listen(String host, int port) throws IOException {
        try {
            server.start();
            plain.open(host, port, false, exchanges -> actions(plain, exchanges));
        } catch (Exception e) {
            stop();
            throw e instanceof IOException io ? io : new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private IngressConnectionFactory actions(IngressConnector port, RequestsInFlight exchanges) {
        return new IngressConnectionFactory(
                new ConnectionContext(port.getExecutor(), port.getByteBufferPool(), door, exchanges, patience));
    }

    /** Opens the port for TLS, closes it or moves it. */
    void encrypt(String host, Optional<TlsPort> wanted) throws IOException {
        if (wanted.equals(encrypted)) {
            return;
        }
        if (encrypted.isPresent()) {
            encrypted = Optional.empty();
            tls.finish(LAST_ANSWERS);
            tls.end();
        }
        if (wanted.isPresent()) {
            TlsContext context = context(wanted.get());
            tls.open(
                    host,
                    wanted.get().port(),
                    true,
                    exchanges -> new TlsConnectionFactory(context, pools.get(), handshakes, actions(tls, exchanges)));
            encrypted = wanted;
        }
    }

    private static TlsContext context(TlsPort port) throws IOException {
        try {
            return new TlsContext(port.identity());
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The port that is really open. */
    int port() {
        return plain.getLocalPort();
    }

    /** The port that is really open for TLS. */
    Optional<Integer> tlsPort() {
        return encrypted.map(any -> tls.getLocalPort());
    }

    /** Why phones get in nowhere now, and what to change. */
    Optional<String> fault() {
        if (!plain.isOpen()) {
            return Optional.of("the port is closed: restart Bellwire");
        }
        return connections.isExhausted()
                ? Optional.of(
                        "all " + connections.size() + " connections wait for an answer: see why core does not reply")
                : plain.fault().or(() -> encrypted.flatMap(any -> tls.fault()));
    }

    /** How many connections there are, of both ports. */
    int connections() {
        return connections.size();
    }

    /** How many requests are under way, on both ports. */
    int exchanges() {
        return plain.exchanges() + tls.exchanges();
    }

    /** Takes no new connection, lets the requests under way be answered, then ends everything. */
    @Override
    public void close() {
        long begin = System.nanoTime();
        tls.close();
        plain.finish(LAST_ANSWERS);
        if (encrypted.isPresent()) {
            tls.finish(LAST_ANSWERS.minusNanos(System.nanoTime() - begin));
        }
        stop();
    }

    private void stop() {
        plain.end();
        tls.end();
        try {
            server.stop();
        } catch (Exception e) {
            LOG.error("the threads did not end cleanly", e);
        }
    }
}
