package org.bellwire.itests;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A phone's command interface: records each request byte for byte and answers as it is told. */
final class RecordingPhone implements AutoCloseable {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Answers answers = request -> Optional.of(OK);

    /** How the phone answers; empty: never. */
    interface Answers {
        Optional<String> to(Request request);
    }

    /** A request as it came over the wire. */
    record Request(String line, List<String> headers, long nanos) {
        String target() {
            return line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
        }

        Optional<String> header(String name) {
            return headers.stream()
                    .filter(h -> h.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(h -> h.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    private RecordingPhone(ServerSocket server) {
        this.server = server;
        threads.execute(this::accept);
    }

    static RecordingPhone http() {
        try {
            return new RecordingPhone(new ServerSocket(0, 50, Loopback.anyAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RecordingPhone https(Certificate certificate) {
        try {
            return new RecordingPhone(certificate.sockets().createServerSocket(0, 50, Loopback.anyAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetAddress address() {
        return server.getInetAddress();
    }

    String host() {
        return address().getHostAddress();
    }

    int port() {
        return server.getLocalPort();
    }

    RecordingPhone answering(Answers how) {
        answers = how;
        return this;
    }

    RecordingPhone answering(String response) {
        return answering(request -> Optional.of(response));
    }

    /** Takes connections and requests and never says a word. */
    RecordingPhone silent() {
        return answering(request -> Optional.empty());
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<String> targets() {
        return Stream.of(requests.toArray(Request[]::new)).map(Request::target).toList();
    }

    void forget() {
        requests.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // Closed, or a caller that gave up: the loop's condition tells.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                List<String> lines = List.of(head.split("\r\n"));
                Request request = new Request(lines.get(0), lines.subList(1, lines.size()), System.nanoTime());
                requests.add(request);
                Optional<String> answer = answers.to(request);
                if (answer.isPresent()) {
                    socket.getOutputStream().write(answer.get().getBytes(StandardCharsets.ISO_8859_1));
                    socket.getOutputStream().flush();
                }
            }
        } catch (IOException e) {
            // The caller went away.
        } finally {
            open.remove(socket);
        }
    }

    /** A request's head without its empty line; empty at the end of the connection. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            bytes.write(b);
            String text = bytes.toString(StandardCharsets.ISO_8859_1);
            if (text.endsWith("\r\n\r\n")) {
                return text;
            }
        }
        return "";
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
