package org.bellwire.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.simulator.WebRequest.Answer;
import org.bellwire.simulator.WebRequest.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small web server that is in every phone: one request a connection, targets as they come. Jetty and the JDK's server take
 * targets apart, and neither can keep silent or dawdle as phones do.
 */
final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int MAX_HEAD = 8192;
    private static final int MAX_THREADS = 8;
    private static final int READ_TIMEOUT_MS = 10_000;

    private final ServerSocket server;
    private final Function<Request, Optional<Answer>> pages;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads;

    /**
     * Opens the server.
     *
     * @param server not bound yet
     * @param pages what is answered; empty: nothing, and the connection is kept
     */
    WebServer(String name, ServerSocket server, InetSocketAddress place, Function<Request, Optional<Answer>> pages)
            throws IOException {
        this.server = server;
        this.pages = pages;
        try {
            server.setReuseAddress(true);
            server.bind(place);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        threads = new ThreadPoolExecutor(
                1, MAX_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), DaemonThreads.named(name));
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                if (server.isClosed()) {
                    close(socket);
                } else {
                    start(socket);
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.warn("{} takes no more requests: {}", server.getLocalSocketAddress(), e.toString());
                }
                return;
            }
        }
    }

    private void start(Socket socket) {
        try {
            threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
            close(socket); // a phone that is asked too much at once
        }
    }

    private void serve(Socket socket) {
        try {
            socket.setSoTimeout(READ_TIMEOUT_MS);
            Optional<Answer> answer = answer(socket.getInputStream());
            if (answer.isPresent()) {
                write(socket.getOutputStream(), answer.get());
            } else {
                socket.getInputStream().read();
            }
        } catch (IOException e) {
            return; // the other side went away
        } finally {
            close(socket);
        }
    }

    private Optional<Answer> answer(InputStream in) throws IOException {
        String[] lines = head(in).split("\r?\n");
        String[] first = lines[0].split(" ");
        if (first.length != 3) {
            return Optional.of(Answer.of("400 Bad Request"));
        }
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        return pages.apply(new Request(first[0], first[1], headers));
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < MAX_HEAD) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("hung up");
            }
            head.append((char) next);
            if (next == '\n'
                    && head.length() > 3
                    && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        throw new IOException("too long");
    }

    private static void write(OutputStream out, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        String head =
                "HTTP/1.1 " + answer.status() + "\r\n" + (answer.header().isEmpty() ? "" : answer.header() + "\r\n")
                        + "Content-Length: " + body.length + "\r\nConnection: close\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            return; // gone already
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(this::close);
        threads.shutdownNow();
    }
}
