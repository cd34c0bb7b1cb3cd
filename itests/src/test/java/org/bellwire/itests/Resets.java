package org.bellwire.itests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Connections that are reset: at once, in a request, after it, in its answer. */
final class Resets implements AutoCloseable {

    private static final int CONNECT_MS = 2_000;
    private static final List<String> SAID =
            List.of("GET / HTTP/1.1\r\n\r\n", "GET /action/ht", "", "GET / HTTP/1.1\r\nA: b\r\n\r\nGET ");

    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    private Resets() {}

    /** Begins to make so many. */
    static Resets of(int count, int port, InetAddress from) {
        Resets resets = new Resets();
        resets.thread.execute(() -> {
            for (int i = 0; i < count && !resets.thread.isShutdown(); i++) {
                reset(port, from, i);
            }
        });
        return resets;
    }

    private static void reset(int port, InetAddress from, int number) {
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(from, 0));
            socket.setSoTimeout(CONNECT_MS);
            socket.setSoLinger(true, 0);
            socket.connect(new InetSocketAddress(Loopback.LOCALHOST, port), CONNECT_MS);
            // The first of the four is every second one: it is the one that once was never closed.
            String said = SAID.get(number % 2 == 0 ? 0 : number / 2 % SAID.size());
            socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
            if (number % 16 == 15 && said.endsWith("\r\n\r\n")) {
                int first = socket.getInputStream().read();
                assert first < 256;
            }
        } catch (IOException e) {
            // Refused or closed by the other side: as good as a reset.
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the resets do not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
