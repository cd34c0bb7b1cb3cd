package org.bellwire.itests;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A phone that never comes to the end of an answer. */
final class EndlessPhone implements AutoCloseable {

    private static final String HEAD_END = "\r\n\r\n";

    private final ServerSocket server;
    private final String begin;
    private final String again;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private EndlessPhone(ServerSocket server, String begin, String again) {
        this.server = server;
        this.begin = begin;
        this.again = again;
        threads.execute(this::accept);
    }

    /** One that answers the first text, then the second for ever; an empty second one: only the first, and silence. */
    static EndlessPhone saying(String begin, String again) {
        try {
            return new EndlessPhone(new ServerSocket(0, 50, Loopback.anyAddress()), begin, again);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that changes the keys of its TLS connection for ever instead of an answer: records without content. */
    static EndlessPhone changingKeys(Certificate certificate) {
        try {
            return new EndlessPhone(certificate.sockets().createServerSocket(0, 50, Loopback.anyAddress()), "", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean speaksTls() {
        return server instanceof SSLServerSocket;
    }

    String host() {
        return server.getInetAddress().getHostAddress();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // Closed: the loop's condition tells.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            skipHead(in);
            if (socket instanceof SSLSocket tls) {
                changeKeys(tls, in);
            } else {
                answer(socket.getOutputStream(), in);
            }
        } catch (IOException e) {
            // The caller has had enough.
        } finally {
            open.remove(socket);
        }
    }

    private static void skipHead(InputStream in) throws IOException {
        int matched = 0;
        while (matched < HEAD_END.length()) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException();
            }
            matched = b == HEAD_END.charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
        }
    }

    private void answer(OutputStream out, InputStream in) throws IOException {
        out.write(begin.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        byte[] more = again.repeat(again.isEmpty() ? 0 : Math.max(1, 4_000 / again.length()))
                .getBytes(StandardCharsets.ISO_8859_1);
        while (more.length > 0) {
            out.write(more);
        }
        while (in.read() >= 0) {
            // Silence until the caller closes.
        }
    }

    /** Each call asks for new keys, which TLS 1.3 does by a record without content. */
    private void changeKeys(SSLSocket tls, InputStream in) throws IOException {
        threads.execute(() -> {
            try {
                while (in.read() >= 0) {
                    // The caller's new keys.
                }
            } catch (IOException e) {
                // Closed.
            }
        });
        while (!tls.isClosed()) {
            tls.startHandshake();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
