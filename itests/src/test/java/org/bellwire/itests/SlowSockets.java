package org.bellwire.itests;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that send a byte of a request now and then (slowloris). One that is closed is opened anew. */
final class SlowSockets implements AutoCloseable {

    private static final int ROUND_MS = 2_000;
    private static final byte[] HEAD = ("GET /action/htek/" + "x".repeat(200)).getBytes(StandardCharsets.US_ASCII);

    private final int port;
    private final List<Slow> sockets = new ArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    private SlowSockets(int port, int count) {
        this.port = port;
        for (int i = 0; i < count; i++) {
            sockets.add(new Slow());
        }
    }

    static SlowSockets open(int port, int count) {
        SlowSockets all = new SlowSockets(port, count);
        all.sockets.forEach(Slow::step);
        all.thread.scheduleAtFixedRate(
                () -> all.sockets.forEach(Slow::step), ROUND_MS, ROUND_MS, TimeUnit.MILLISECONDS);
        return all;
    }

    /** How many connections there were so far. */
    int opened() {
        return opened.get();
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new AssertionError("a slow socket is stuck");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sockets.forEach(Slow::end);
    }

    private final class Slow {
        private Socket socket = new Socket();
        private int sent;

        void step() {
            try {
                if (!socket.isConnected()) {
                    socket.connect(new InetSocketAddress(Loopback.LOCALHOST, port), ROUND_MS);
                    opened.incrementAndGet();
                }
                socket.getOutputStream().write(HEAD[sent++ % HEAD.length]);
            } catch (IOException e) {
                end();
                socket = new Socket();
                sent = 0;
            }
        }

        void end() {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone.
            }
        }
    }
}
