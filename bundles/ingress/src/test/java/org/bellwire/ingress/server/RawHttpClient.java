package org.bellwire.ingress.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.bellwire.ingress.access.ForwardedAddress;

/** One connection to the ingress, as raw as phones are. What it sends are bytes of Latin-1. */
public final class RawHttpClient implements AutoCloseable {

    private final Socket socket;

    public RawHttpClient(int port) throws IOException {
        this(new Socket(address("127.0.0.1"), port));
    }

    public RawHttpClient(int port, String from) throws IOException {
        this(new Socket(address("127.0.0.1"), port, address(from), 0));
    }

    /** Over a socket that is connected already, and that may encrypt. */
    public RawHttpClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(12_000);
    }

    private static InetAddress address(String text) {
        return ForwardedAddress.parse(text).orElseThrow();
    }

    public RawHttpClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public RawHttpClient sendByteByByte(String text) throws IOException {
        for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
            socket.getOutputStream().write(b);
        }
        return this;
    }

    public RawHttpClient endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The head of the next answer; empty when the connection has ended. */
    public String answer() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        int b = in.read();
        while (b >= 0) {
            head.write(b);
            if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
            b = in.read();
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** The status of the next answer; -1 when the connection has ended. */
    public int status() throws IOException {
        String answer = answer();
        return answer.isEmpty() ? -1 : Integer.parseInt(answer.split(" ")[1]);
    }

    /** Everything up to the end of the connection. */
    public String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
