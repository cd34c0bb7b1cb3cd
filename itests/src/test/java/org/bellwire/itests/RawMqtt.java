package org.bellwire.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** MQTT packets byte by byte, for clients that no library would be. */
final class RawMqtt {

    private static final int CONNECT_MS = 2_000;

    private RawMqtt() {}

    static byte[] connect(String id) {
        return packet(0x10, new byte[] {0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60}, text(id));
    }

    static byte[] subscribe(String... filters) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String filter : filters) {
            all.writeBytes(text(filter));
            all.write(0);
        }
        return packet(0x82, new byte[] {0, 1}, all.toByteArray());
    }

    static byte[] publish(String topic, byte[] payload, boolean retained) {
        return packet(retained ? 0x31 : 0x30, text(topic), payload);
    }

    /** The beginning of a packet that promises the most that a length can say: 256 MB. */
    static byte[] promise(int type, byte... begin) {
        return join(new byte[] {(byte) type, -1, -1, -1, 0x7F}, begin);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Sends packets in a connection of their own, as far as the other side takes them. */
    static Socket send(int port, byte[]... packets) {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(Loopback.LOCALHOST, port), CONNECT_MS);
            for (byte[] packet : packets) {
                send(socket, packet);
            }
        } catch (IOException e) {
            // Not taken: the caller's socket is a closed one.
        }
        return socket;
    }

    static void send(Socket socket, byte[] packet) {
        try {
            socket.getOutputStream().write(packet);
        } catch (IOException e) {
            // It has had enough.
        }
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return join(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length}, bytes);
    }

    private static byte[] packet(int first, byte[]... parts) {
        byte[] content = join(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        int left = content.length;
        do {
            out.write(left % 128 | (left > 127 ? 128 : 0));
            left /= 128;
        } while (left > 0);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
