package org.bellwire.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A broker that answers CONNECT and SUBSCRIBE as told and UNSUBSCRIBE never, for answers that mosquitto cannot be brought to.
 */
final class ScriptedBroker implements AutoCloseable {

    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final int SUBSCRIBE = 8;
    private static final int UNSUBSCRIBE = 10;

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<String> published = new CopyOnWriteArrayList<>();
    private volatile boolean unsubscribed;
    private final int connectAnswer;
    private final int subscribeAnswer;

    ScriptedBroker(int connectAnswer, int subscribeAnswer) throws IOException {
        this.connectAnswer = connectAnswer;
        this.subscribeAnswer = subscribeAnswer;
        Thread thread = new Thread(this::serve, "scripted-broker");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** What was published, as {@code topic payload}. */
    List<String> published() {
        return published;
    }

    /** An UNSUBSCRIBE came, and is left without an answer. */
    boolean unsubscribed() {
        return unsubscribed;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                answerAll(socket);
            } catch (IOException e) {
                // the client has gone, or the test is over
            }
        }
    }

    private void answerAll(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        for (int first = in.read(); first >= 0; first = in.read()) {
            byte[] body = in.readNBytes(in.readUnsignedByte());
            socket.getOutputStream().write(answer(first, body));
        }
    }

    private byte[] answer(int first, byte[] body) {
        return switch (first >> 4) {
            case CONNECT -> new byte[] {0x20, 2, 0, (byte) connectAnswer};
            case SUBSCRIBE -> new byte[] {(byte) 0x90, 3, body[0], body[1], (byte) subscribeAnswer};
            case PUBLISH -> {
                int id = 2 + (body[0] << 8) + body[1];
                published.add(text(body, 2, id) + " " + text(body, id + 2, body.length));
                yield new byte[] {0x40, 2, body[id], body[id + 1]};
            }
            case UNSUBSCRIBE -> {
                unsubscribed = true;
                yield new byte[0];
            }
            default -> new byte[0];
        };
    }

    private static String text(byte[] body, int from, int to) {
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }
}
