package org.bellwire.itests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The network between Bellwire and its broker, or Kafka: can be cut so that both notice, and fall silent so that nobody does. */
final class Cable implements AutoCloseable {

    private enum State {
        WELL,
        CUT,
        SILENT
    }

    private final ServerSocket server;
    private final int farPort;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile State state = State.WELL;

    private Cable(ServerSocket server, int farPort) {
        this.server = server;
        this.farPort = farPort;
        threads.execute(this::accept);
    }

    static Cable to(Mosquitto broker) {
        return to(broker.port());
    }

    /** To a port of this machine, at which nobody has to listen yet. */
    static Cable to(int farPort) {
        try {
            return new Cable(new ServerSocket(0, 50, Loopback.LOCALHOST), farPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The near end. */
    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "tcp://127.0.0.1:" + port();
    }

    /** Both ends see their connections end, and nobody gets a new one. */
    void cut() {
        state = State.CUT;
        hangUp();
    }

    /** What is sent vanishes, in both directions, also on new connections. */
    void fallSilent() {
        state = State.SILENT;
    }

    /** Is as new. Connections that lost something end: no network delivers the rest of a stream without its middle. */
    void mend() {
        if (state != State.WELL) {
            hangUp();
        }
        state = State.WELL;
    }

    /** How many connections were made, the vain ones included. */
    int connections() {
        return connections.get();
    }

    private void hangUp() {
        for (Socket socket : open) {
            closeQuietly(socket);
        }
        open.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                open.add(near);
                connections.incrementAndGet();
                threads.execute(() -> connect(near));
            } catch (IOException e) {
                // Closed: the loop's condition tells.
            }
        }
    }

    private void connect(Socket near) {
        if (state == State.CUT) {
            closeQuietly(near);
            return;
        }
        try {
            Socket far = new Socket(Loopback.LOCALHOST, farPort);
            open.add(far);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            threads.execute(() -> pump(near, far));
            pump(far, near);
        } catch (IOException e) {
            closeQuietly(near);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (state == State.WELL) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // Cut: both ends close.
        } finally {
            open.remove(from);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    @Override
    public void close() {
        closeServer();
        hangUp();
        threads.shutdownNow();
    }

    private void closeServer() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
