package org.bellwire.ingress;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open ports, that for TLS among them if there is one, and the threads and the bounds that they share. */
final class Listener implements AutoCloseable {

    static final String THREADS = "bellwire-ingress";

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(6);
    private static final int MAX_THREADS = 16;
    private static final int MIN_THREADS = 4;
    private static final int MAX_CONNECTIONS = 2000;

    private final Server server;
    private final Door door;
    private final ActionConnector plain;
    private final ActionConnector tls;
    private Optional<TlsPort> encrypted = Optional.empty();

    private Listener(Door door) {
        this.door = door;
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName(THREADS);
        server = new Server(threads);
        plain = new ActionConnector(server, new ScheduledExecutorScheduler(THREADS + "-scheduler", true));
        tls = new ActionConnector(server, new ScheduledExecutorScheduler(THREADS + "-tls-scheduler", true));
        server.addBean(new ConnectionLimit(MAX_CONNECTIONS, plain, tls));
    }

    /** Opens a port; 0 stands for any that is free. */
    static Listener open(String host, int port, Door door) throws IOException {
        Listener listener = new Listener(door);
        try {
            listener.server.start();
            listener.plain.open(host, port, exchanges -> new ActionFactory(door, exchanges));
            return listener;
        } catch (Exception e) {
            listener.stop();
            throw e instanceof IOException io ? io : new IOException(String.valueOf(e.getMessage()), e);
        }
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
                    exchanges -> new TlsFactory(context, new ActionFactory(door, exchanges)));
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
