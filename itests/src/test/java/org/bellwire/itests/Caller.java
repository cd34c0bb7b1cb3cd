package org.bellwire.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends action URLs as phones do: one connection for each, from an address of its own, every byte as given. */
final class Caller {

    private static final int PATIENCE_MS = 10_000;

    private final InetAddress from;
    private final int port;
    private final String token;

    Caller(InetAddress from, int port, String token) {
        this.from = from;
        this.port = port;
        this.token = token;
    }

    /** What the ingress answered. {@code body}: everything after the head. */
    record Answer(int status, String head, String body) {}

    Caller from(InetAddress address) {
        return new Caller(address, port, token);
    }

    Caller withToken(String other) {
        return new Caller(from, port, other);
    }

    /** Reports an event: {@code rest} is what follows the token, from its slash or question mark on. */
    int reports(String vendor, String rest) {
        return gets("/action/" + vendor + "/" + token + rest).status();
    }

    Answer gets(String target) {
        return sends("GET " + target + " HTTP/1.1\r\nHost: gateway\r\nUser-Agent: phone\r\nConnection: close\r\n\r\n");
    }

    /** Sends a request with the target of an event, head and all as {@code head} says; {@code %s} stands for the target. */
    Answer sendsHead(String vendor, String rest, String head) {
        return sends(head.replace("%s", "/action/" + vendor + "/" + token + rest));
    }

    /** Sends these characters, each as one byte. */
    Answer sends(String bytes) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(new InetSocketAddress(Loopback.LOCALHOST, port), PATIENCE_MS);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return read(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer read(Socket socket) throws IOException {
        String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        int end = all.indexOf("\r\n\r\n");
        if (!all.startsWith("HTTP/1.") || end < 0) {
            throw new IOException("not an answer: '" + all + "'");
        }
        return new Answer(Integer.parseInt(all.substring(9, 12)), all.substring(0, end), all.substring(end + 4));
    }
}
