package org.bellwire.itests;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;

/** One connection that sends requests without an end and without waiting for answers; one that is closed is opened anew. */
final class Pipeline implements AutoCloseable {

    private static final int CONNECT_MS = 2_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final InetAddress from;
    private final int port;
    private final Optional<SSLSocketFactory> tls;
    private final byte[] requests;
    private volatile Socket socket = new Socket();

    private Pipeline(InetAddress from, int port, Optional<SSLSocketFactory> tls, String request) {
        this.from = from;
        this.port = port;
        this.tls = tls;
        this.requests = request.repeat(Math.max(1, 8_000 / request.length())).getBytes(StandardCharsets.ISO_8859_1);
    }

    static Pipeline of(String request, InetAddress from, int port) {
        return new Pipeline(from, port, Optional.empty(), request).begin();
    }

    static Pipeline of(String request, InetAddress from, int port, SSLSocketFactory tls) {
        return new Pipeline(from, port, Optional.of(tls), request).begin();
    }

    private Pipeline begin() {
        threads.execute(() -> {
            while (!threads.isShutdown()) {
                send();
            }
        });
        return this;
    }

    private void send() {
        try (Socket plain = new Socket()) {
            plain.setReuseAddress(true);
            plain.bind(new InetSocketAddress(from, 0));
            plain.setSoLinger(true, 0); // or the ports of this address are soon used up
            socket = plain;
            plain.setSoTimeout(CONNECT_MS);
            plain.connect(new InetSocketAddress(Loopback.LOCALHOST, port), CONNECT_MS);
            Socket used = tls.isPresent() ? tls.get().createSocket(plain, "127.0.0.1", port, true) : plain;
            InputStream answers = used.getInputStream();
            threads.execute(() -> forget(answers));
            while (!threads.isShutdown()) {
                used.getOutputStream().write(requests);
            }
        } catch (IOException | RejectedExecutionException e) {
            // Closed by the other side, or at the end by this one.
        }
    }

    private static void forget(InputStream answers) {
        byte[] some = new byte[65_536];
        try (answers) {
            int count = answers.read(some);
            while (count >= 0) {
                count = answers.read(some);
            }
        } catch (IOException e) {
            // The connection is closed.
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            socket.close();
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new AssertionError("a pipeline does not end");
            }
        } catch (IOException e) {
            // It is closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
