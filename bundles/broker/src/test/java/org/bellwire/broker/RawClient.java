package org.bellwire.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A client that sends any bytes, and need not read. */
final class RawClient implements AutoCloseable {

    private final SocketChannel channel;
    private final DataInputStream in;

    RawClient(int port) throws IOException {
        channel = SocketChannel.open();
        Socket socket = channel.socket();
        socket.setReceiveBufferSize(1 << 14);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new DataInputStream(socket.getInputStream());
    }

    RawClient login(String id) throws IOException {
        return send(PacketBytes.connect(id)).gets("20 02 00 00");
    }

    RawClient send(byte[] bytes) throws IOException {
        channel.write(ByteBuffer.wrap(bytes));
        return this;
    }

    /** Sends what the other side takes now. */
    int offer(byte[] bytes) throws IOException {
        channel.configureBlocking(false);
        try {
            return channel.write(ByteBuffer.wrap(bytes));
        } finally {
            channel.configureBlocking(true);
        }
    }

    /** The next bytes are these. */
    RawClient gets(String written) throws IOException {
        byte[] wanted = PacketBytes.bytes(written);
        byte[] got = new byte[wanted.length];
        in.readFully(got);
        assertThat(got).as("the answer").containsExactly(wanted);
        return this;
    }

    /** The next packet, whole, with its first byte. */
    byte[] packet() throws IOException {
        int header = in.readUnsignedByte();
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7F) << shift;
            shift += 7;
        } while (digit > 0x7F);
        byte[] packet = new byte[1 + length];
        packet[0] = (byte) header;
        in.readFully(packet, 1, length);
        return packet;
    }

    RawClient ping() throws IOException {
        return send(PacketBytes.bytes("C0 00")).gets("D0 00");
    }

    /** Whether the broker has ended the connection; what comes before that is read over. */
    boolean isEnded() throws IOException {
        try {
            in.readAllBytes();
            return true;
        } catch (SocketException e) {
            return true;
        }
    }

    void halfClose() throws IOException {
        channel.shutdownOutput();
    }

    void reset() throws IOException {
        channel.socket().setSoLinger(true, 0);
        close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
