package org.bellwire.health;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** {@code GET /health} and {@code GET /metrics}, and 404 for all else. Small: one thread when idle, and bounded. */
final class ProbeServer implements AutoCloseable {

    private static final int MAX_THREADS = 6;
    private static final int MIN_THREADS = 1;
    private static final int MAX_CONNECTIONS = 32;
    private static final int MAX_HEAD = 4096;
    private static final int IDLE_MS = 5_000;

    private final Server server;
    private final ServerConnector connector;

    private ProbeServer(Settings settings, Supplier<Vitals> vitals, Metrics metrics) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setReservedThreads(0);
        threads.setName("bellwire-console");
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(MAX_HEAD);
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        connector = new ServerConnector(server, null, null, null, 0, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE_MS);
        server.addConnector(connector);
        server.addBean(new ConnectionLimit(MAX_CONNECTIONS, connector));
        server.setHandler(new Probes(vitals, metrics));
    }

    static ProbeServer open(Settings settings, Supplier<Vitals> vitals, Metrics metrics) throws Exception {
        ProbeServer opened = new ProbeServer(settings, vitals, metrics);
        try {
            opened.server.start();
            return opened;
        } catch (Exception e) {
            opened.close();
            throw e;
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the port did not close", e);
        }
    }

    private static final class Probes extends AbstractHandler {
        private final Supplier<Vitals> vitals;
        private final Metrics metrics;

        Probes(Supplier<Vitals> vitals, Metrics metrics) {
            this.vitals = vitals;
            this.metrics = metrics;
        }

        @Override
        public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            base.setHandled(true);
            boolean reads =
                    request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
            response.setHeader("Cache-Control", "no-store");
            if (!target.equals("/health") && !target.equals("/metrics")) {
                response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            } else if (!reads) {
                response.setHeader("Allow", "GET, HEAD");
                response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            } else if (target.equals("/health")) {
                Vitals now = vitals.get();
                response.setStatus(
                        now.isHealthy() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                send(response, "application/json", now.probe().getBytes(StandardCharsets.UTF_8));
            } else {
                ByteArrayOutputStream text = new ByteArrayOutputStream(4096);
                metrics.write(text, vitals.get());
                send(response, "text/plain; version=0.0.4; charset=utf-8", text.toByteArray());
            }
        }

        private static void send(HttpServletResponse response, String type, byte[] body) throws IOException {
            response.setContentType(type);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
