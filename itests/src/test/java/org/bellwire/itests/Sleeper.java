package org.bellwire.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A subscriber that subscribes to everything and then neither reads nor acknowledges: at QoS 1, until the broker gives it up. */
final class Sleeper implements AutoCloseable {

    private final Socket socket;

    private Sleeper(Socket socket) {
        this.socket = socket;
    }

    static Sleeper at(Mosquitto broker) {
        try {
            Socket socket = new Socket(Loopback.LOCALHOST, broker.port());
            OutputStream out = socket.getOutputStream();
            out.write(packet(0x10, "\0\4MQTT\4\2\0\0" + text("sleeper")));
            out.write(packet(0x82, "\0\1" + text("bellwire/#") + "\1"));
            out.flush();
            return new Sleeper(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The broker has sent something that lies unread. */
    boolean isSpokenTo() {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] packet(int type, String rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(type);
        bytes.write(rest.length());
        bytes.writeBytes(rest.getBytes(StandardCharsets.ISO_8859_1));
        return bytes.toByteArray();
    }

    private static String text(String text) {
        return "\0" + (char) text.length() + text;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
