package org.bellwire.line;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bellwire.api.Scheme;
import org.bellwire.api.config.Secret;
import org.bellwire.api.port.PhoneClient.Address;
import org.bellwire.api.spi.Access;

/** A phone down to the bytes: records what arrives and plays what it was told, one part for each connection, the last for ever. */
final class FakePhone implements AutoCloseable {

    /** What the phone does on a connection after it has read the request's head. */
    interface Part {
        void play(Socket socket, OutputStream out) throws IOException, InterruptedException;
    }

    static final Part OK = answer("HTTP/1.1 200 OK", "");
    static final Part SILENCE = (socket, out) -> socket.getInputStream().read();

    private final ServerSocket server;
    private final List<Part> parts;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private FakePhone(ServerSocket server, Part... parts) {
        this.server = server;
        this.parts = List.of(parts);
        Thread thread = new Thread(this::accept, "fake-phone");
        thread.setDaemon(true);
        thread.start();
    }

    static FakePhone that(Part... parts) throws IOException {
        return on(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), parts);
    }

    static FakePhone on(ServerSocket server, Part... parts) {
        return new FakePhone(server, parts);
    }

    static Part answer(String head, String body) {
        return raw(head + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body);
    }

    static Part raw(String bytes) {
        return (socket, out) -> out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes the head, then a little again and again. */
    static Part drip(String head, String again) {
        return (socket, out) -> {
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < 1000; i++) {
                out.write(again.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                Thread.sleep(50); // a phone's own pace, not a test waiting
            }
        };
    }

    /** The heads of the requests, in order, with their line ends. */
    List<String> requests() {
        return requests;
    }

    /** The first lines of the requests. */
    List<String> lines() {
        return requests.stream()
                .map(head -> head.substring(0, head.indexOf("\r\n")))
                .toList();
    }

    /** A header of the request with this index. */
    Optional<String> header(int index, String name) {
        return requests.get(index)
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    int port() {
        return server.getLocalPort();
    }

    Address address(Access access) {
        return address(access, Scheme.HTTP, Optional.empty());
    }

    Address address(Access access, Scheme scheme, Optional<String> pin) {
        return new Address(
                "desk",
                scheme,
                server.getInetAddress().getHostAddress(),
                port(),
                access,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                pin);
    }

    Address address(Access access, String user, String password) {
        return as(address(access), user, password);
    }

    static Address as(Address to, String user, String password) {
        return new Address(
                to.phone(),
                to.scheme(),
                to.host(),
                to.port(),
                to.access(),
                Optional.of(user),
                Optional.of(new Secret(password)),
                to.apiToken(),
                to.pin());
    }

    static Address of(String phone, Address to) {
        return new Address(
                phone,
                to.scheme(),
                to.host(),
                to.port(),
                to.access(),
                to.user(),
                to.password(),
                to.apiToken(),
                to.pin());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread thread = new Thread(() -> talk(socket), "fake-phone-talk");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            Optional<String> head = head(socket.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            int index;
            synchronized (requests) {
                index = requests.size();
                requests.add(head.get());
            }
            parts.get(Math.min(index, parts.size() - 1)).play(socket, socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            return; // the other side went away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<String> head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            head.append((char) next);
        }
        return Optional.of(head.toString());
    }

    /** All connections that are open now. */
    long open() {
        return sockets.stream().filter(socket -> !socket.isClosed()).count();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
