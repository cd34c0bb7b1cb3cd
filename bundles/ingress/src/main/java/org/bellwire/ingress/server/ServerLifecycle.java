package org.bellwire.ingress.server;

import java.io.IOException;
import java.util.Optional;
import org.bellwire.ingress.http.IngressFile;
import org.bellwire.ingress.http.RequestHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ports open that the settings ask for. A port that cannot be opened is tried again and does not disturb the others.
 */
public final class ServerLifecycle implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLifecycle.class);

    private final RequestHandler door;
    private final Retry retry = new Retry();
    private final Retry tlsRetry = new Retry();
    private volatile ServerSettings settings;
    private volatile Optional<HttpServer> listener = Optional.empty();
    private volatile Optional<String> fault = Optional.of("the port is not open yet: wait a moment");
    private boolean closed;

    /** Nothing is open yet. */
    public ServerLifecycle(ServerSettings settings, RequestHandler door) {
        this.settings = settings;
        this.door = door;
    }

    public synchronized void open() {
        if (closed) {
            return;
        }
        if (listener.isEmpty()) {
            listen();
        }
        listener.ifPresent(this::encrypt);
    }

    /** Follows other settings; false if everything has to stay as it was. */
    public synchronized boolean moveTo(ServerSettings next) {
        if (!makeRoomFor(next)) {
            return false;
        }
        settings = next;
        open();
        return true;
    }

    /** The port that is open, or the one that is to be. */
    public int port() {
        return listener.map(HttpServer::port).orElse(settings.port());
    }

    /** The port that is open for TLS. */
    public Optional<Integer> tlsPort() {
        return listener.flatMap(HttpServer::tlsPort);
    }

    /** Why phones get in nowhere now, and what to change. */
    public Optional<String> fault() {
        return listener.map(HttpServer::fault).orElse(fault);
    }

    /** Lets the requests under way be answered. */
    @Override
    public synchronized void close() {
        closed = true;
        fault = Optional.of("the ingress has been stopped");
        retry.close();
        tlsRetry.close();
        closeAll();
    }

    private void listen() {
        try {
            listener = Optional.of(opened(settings));
            retry.succeeded();
        } catch (IOException e) {
            fault = Optional.of(refusal(settings, e, "trying again"));
            if (retry.isNews()) {
                LOG.warn("{}", refusal(settings, e, "trying again"));
            }
            retry.later(this::open);
        }
    }

    private void encrypt(HttpServer open) {
        Optional<Integer> before = open.tlsPort();
        try {
            open.encrypt(settings.host(), settings.tls());
            tlsRetry.succeeded();
            if (!open.tlsPort().equals(before)) {
                open.tlsPort()
                        .ifPresent(port -> LOG.info("listening for phones on {}:{} by TLS", settings.host(), port));
            }
        } catch (IOException e) {
            if (tlsRetry.isNews()) {
                LOG.warn(
                        "{}: tls.port: cannot listen by TLS ({}), trying again: end what uses the port, mend tls.certificate and tls.key, or change tls.port",
                        IngressFile.NAME,
                        e.getMessage());
            }
            tlsRetry.later(this::open);
        }
    }

    /** Opens or makes place for a listener as these settings want it; false if neither can be. */
    private boolean makeRoomFor(ServerSettings next) {
        if (listener.isEmpty() || next.listensAs(settings)) {
            return true;
        }
        if (next.port() == settings.port()) {
            closeAll(); // another host on the same port: both cannot be open at once
            return true;
        }
        try {
            HttpServer opened = opened(next);
            closeAll();
            listener = Optional.of(opened);
            return true;
        } catch (IOException e) {
            LOG.warn("{}", refusal(next, e, "staying on port " + port()));
            return false;
        }
    }

    private HttpServer opened(ServerSettings wanted) throws IOException {
        HttpServer opened = HttpServer.open(wanted.host(), wanted.port(), door);
        LOG.info("listening for phones on {}:{}", wanted.host(), opened.port());
        return opened;
    }

    private static String refusal(ServerSettings wanted, IOException e, String meanwhile) {
        return "%s: port: cannot listen on %s:%d (%s), %s: end what uses it, or change host or port"
                .formatted(IngressFile.NAME, wanted.host(), wanted.port(), e.getMessage(), meanwhile);
    }

    private void closeAll() {
        listener.ifPresent(HttpServer::close);
        listener = Optional.empty();
    }
}
