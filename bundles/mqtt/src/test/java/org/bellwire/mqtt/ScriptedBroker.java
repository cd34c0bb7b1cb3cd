package org.bellwire.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A broker that answers CONNECT and SUBSCRIBE as told, for answers that mosquitto cannot be brought to. */
final class ScriptedBroker implements AutoCloseable {

    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final int SUBSCRIBE = 8;

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
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
                yield new byte[] {0x40, 2, body[id], body[id + 1]};
            }
            default -> new byte[0];
        };
    }
}
