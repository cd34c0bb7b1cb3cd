package org.bellwire.line;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;

/** A phone that takes one connection and lets it end in a certain way at a certain point. */
final class ClosingPhone implements AutoCloseable {

    /** How a connection ends. */
    enum Way {
        FIN,
        RESET,
        HALF_CLOSED,
        SILENCE,
        DRIP,
        NEVER_READING,
        GARBAGE
    }

    /** When it does, and what the phone has sent until then. */
    enum Point {
        AFTER_CONNECT(""),
        WITHIN_HANDSHAKE("\u0016\u0003\u0003\u0000\u00ff\u0002"),
        REQUEST_HALF_SENT(""),
        BEFORE_STATUS_LINE(""),
        IN_STATUS_LINE("HTTP/1.1 2"),
        IN_HEADERS("HTTP/1.1 200 OK\r\nX-A: b"),
        IN_BODY("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nbegins"),
        AFTER_ANSWER("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK");

        private final String sent;

        Point(String sent) {
            this.sent = sent;
        }

        /** The phone has not shaken hands then. */
        boolean isRaw() {
            return this == AFTER_CONNECT || this == WITHIN_HANDSHAKE;
        }
    }

    private static final String GARBAGE = "\u0001\u0000 garbage\u00ff\u0000\r\n\r\n".repeat(20);
    /** It looks like one until it is decrypted. */
    private static final String BAD_RECORD = "\u0017\u0003\u0003\u0000 " + "?".repeat(32);

    private static final int SMALL_BUFFER = 2048;
    private static final int DRIP_MS = 2;

    private final ServerSocket server;
    private final Point point;
    private final Way way;
    private final Optional<PhoneCertificate> tls;
    private final CountDownLatch done = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread = new Thread(this::play, "ending-phone");

    ClosingPhone(Point point, Way way, Optional<PhoneCertificate> tls) throws IOException {
        this.point = point;
        this.way = way;
        this.tls = tls;
        server = new ServerSocket();
        server.setReceiveBufferSize(SMALL_BUFFER);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Everything was done on the connection but what goes on without an end. */
    CountDownLatch done() {
        return done;
    }

    private void play() {
        try (Socket raw = server.accept()) {
            talk(raw);
            done.countDown();
            over.await();
        } catch (IOException e) {
            done.countDown(); // the line went away before the end was played
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void talk(Socket raw) throws IOException, InterruptedException {
        raw.setTcpNoDelay(true); // or a reset would take away what was written before it
        Socket talking = raw;
        if (tls.isPresent() && !point.isRaw()) {
            talking = layered(raw);
        }
        if (!point.isRaw() && way != Way.NEVER_READING) {
            read(talking.getInputStream(), point == Point.REQUEST_HALF_SENT);
        }
        talking.getOutputStream().write(bytes(point.sent));
        talking.getOutputStream().flush();
        end(raw, talking.getOutputStream());
    }

    private Socket layered(Socket raw) throws IOException {
        SSLSocket over = (SSLSocket)
                tls.orElseThrow().context().getSocketFactory().createSocket(raw, "localhost", raw.getPort(), false);
        over.setUseClientMode(false);
        over.startHandshake();
        return over;
    }

    private static void read(InputStream in, boolean half) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 20 || (!half && head.indexOf("\r\n\r\n") < 0)) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
    }

    private void end(Socket raw, OutputStream out) throws IOException, InterruptedException {
        switch (way) {
            case FIN -> raw.close();
            case RESET -> {
                raw.setSoLinger(true, 0);
                raw.close();
            }
            case HALF_CLOSED -> raw.shutdownOutput();
            case GARBAGE -> {
                boolean shaken = tls.isPresent() && !point.isRaw();
                raw.getOutputStream().write(bytes(shaken ? BAD_RECORD : GARBAGE));
                raw.getOutputStream().flush();
            }
            case DRIP -> drip(out);
            case SILENCE, NEVER_READING -> {
                // That is all.
            }
        }
    }

    private void drip(OutputStream out) throws IOException, InterruptedException {
        done.countDown();
        while (over.getCount() > 0) {
            out.write(point == Point.AFTER_CONNECT || point == Point.BEFORE_STATUS_LINE ? '\n' : '1');
            out.flush();
            Thread.sleep(DRIP_MS); // a phone's own pace, not a test waiting
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        server.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
