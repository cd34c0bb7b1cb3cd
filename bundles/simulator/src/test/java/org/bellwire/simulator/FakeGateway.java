package org.bellwire.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bellwire.api.config.Secret;
import org.bellwire.api.port.Gateway;

/** Takes action URLs and keeps them as they came. */
final class FakeGateway implements Gateway, AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> targets = new CopyOnWriteArrayList<>();
    private final List<String> peers = new CopyOnWriteArrayList<>();

    private final Thread thread;

    FakeGateway() throws IOException {
        thread = new Thread(this::serve, "fake-gateway");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                String line = in.readLine();
                while (!in.readLine().isEmpty()) {
                    // the headers
                }
                peers.add(socket.getInetAddress().getHostAddress());
                targets.add(line.replaceFirst("^GET ", "").replaceFirst(" HTTP/1.1$", ""));
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** The targets, in the order of arrival. */
    List<String> targets() {
        return targets;
    }

    /** The events in the path, or in the query. */
    List<String> events() {
        return targets.stream()
                .map(target -> target.replaceFirst("^/action/\\w+/[^/?]+[/?]", "")
                        .replaceFirst("^event=", "")
                        .replaceFirst("[?&].*", ""))
                .toList();
    }

    List<String> peers() {
        return peers;
    }

    /** What phones are told is a balancer that there is not. */
    @Override
    public String host() {
        return "phones.invalid";
    }

    @Override
    public int port() {
        return 1;
    }

    @Override
    public String ownHost() {
        return "127.0.0.1";
    }

    @Override
    public int ownPort() {
        return server.getLocalPort();
    }

    @Override
    public Secret token() {
        return new Secret("tokentokentokentokentoken");
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            thread.join(5000); // until then one more connection may be accepted
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
