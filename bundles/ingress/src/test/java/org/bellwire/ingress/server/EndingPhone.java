package org.bellwire.ingress.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;

/** A phone that stops in the middle of something, in every way there is. */
final class EndingPhone implements AutoCloseable {

    private static final int SMALL = 4096;
    private static final int PATIENCE_MS = 20_000;

    private final Socket socket = new Socket();
    private final AtomicLong poured = new AtomicLong();
    private Optional<SSLSocket> tls = Optional.empty();

    EndingPhone(int port) throws IOException {
        this(port, "127.0.0.1");
    }

    /** At an address of loopback. */
    EndingPhone(int port, String from) throws IOException {
        socket.bind(new InetSocketAddress(from, 0));
        socket.setReceiveBufferSize(SMALL);
        socket.setSendBufferSize(SMALL);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Bytes as they are. */
    EndingPhone raw(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** The first message of a handshake, whole. */
    EndingPhone hello(TlsClient client) throws IOException {
        SSLEngine engine = client.engine();
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return raw(Arrays.copyOf(out.array(), out.position()));
    }

    EndingPhone handshake(TlsClient client, String protocol) throws IOException {
        SSLSocket over = client.over(socket, protocol);
        over.startHandshake();
        tls = Optional.of(over);
        return this;
    }

    private Socket end() {
        return tls.<Socket>map(over -> over).orElse(socket);
    }

    EndingPhone send(String text) throws IOException {
        end().getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /** Reads a whole answer. */
    EndingPhone read() throws IOException {
        InputStream in = end().getInputStream();
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("ended");
            }
            answer.append((char) b);
        }
        return this;
    }

    /** One byte more; false once that is no longer possible. */
    boolean drip() {
        try {
            send("a");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends requests, a hundred at a time, until that is no longer possible, and reads no answer. */
    void pour(int times) {
        String requests = "GET /x HTTP/1.1\r\n\r\n".repeat(100);
        try {
            for (int i = 0; i < times; i++) {
                send(requests);
                poured.incrementAndGet();
            }
        } catch (IOException e) {
            poured.set(-1);
        }
    }

    /** How often it has poured. */
    long poured() {
        return poured.get();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Ends what it sends, without a word of TLS. */
    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Says by TLS, if it speaks that, that it sends no more, and goes on listening. */
    void closeNotify() throws IOException {
        end().shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close(); // only this: TLS would say goodbye
    }
}
