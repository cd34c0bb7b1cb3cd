package org.bellwire.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** Sends action URLs as phones do: one connection for each, from an address of its own, every byte as given. */
final class ActionUrlClient {

    private static final int PATIENCE_MS = 10_000;

    private final InetAddress from;
    private final int port;
    private final String token;
    private final Optional<SSLSocketFactory> tls;

    ActionUrlClient(InetAddress from, int port, String token) {
        this(from, port, token, Optional.empty());
    }

    private ActionUrlClient(InetAddress from, int port, String token, Optional<SSLSocketFactory> tls) {
        this.from = from;
        this.port = port;
        this.token = token;
        this.tls = tls;
    }

    /** What the ingress answered. {@code body}: everything after the head. */
    record Answer(int status, String head, String body) {}

    String token() {
        return token;
    }

    ActionUrlClient from(InetAddress address) {
        return new ActionUrlClient(address, port, token, tls);
    }

    ActionUrlClient withToken(String other) {
        return new ActionUrlClient(from, port, other, tls);
    }

    /** One that reports by TLS, to the port for it. */
    ActionUrlClient byTls(int tlsPort, SSLSocketFactory trusting) {
        return new ActionUrlClient(from, tlsPort, token, Optional.of(trusting));
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
        try (Socket plain = new Socket()) {
            plain.bind(new InetSocketAddress(from, 0));
            plain.setSoTimeout(PATIENCE_MS);
            plain.connect(new InetSocketAddress(Loopback.LOCALHOST, port), PATIENCE_MS);
            Socket socket = tls.isPresent() ? tls.get().createSocket(plain, "127.0.0.1", port, true) : plain;
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
