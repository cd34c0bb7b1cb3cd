package org.bellwire.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends action URLs as phones do: one connection each, from the phone's own address, not a byte encoded. Used by one thread. */
final class Reporter {

    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
    private static final int TIMEOUT_MS = 5000;
    private static final int MAX_STATUS_LINE = 256;

    private final String phone;
    private final InetAddress from;
    private boolean failing;

    Reporter(String phone, InetAddress from) {
        this.phone = phone;
        this.from = from;
    }

    /**
     * Sends a URL.
     *
     * @return the status of the answer
     */
    int send(String url) throws IOException {
        try {
            int status = get(url);
            notice(status == 200 || status == 202, "it answers " + status);
            return status;
        } catch (IOException e) {
            notice(false, e.toString());
            throw e;
        }
    }

    private void notice(boolean good, String what) {
        if (!good && !failing) {
            LOG.warn(
                    "{}: the simulated phone cannot report to Bellwire: {}; is the ingress up, and may loopback report?",
                    phone,
                    what);
        } else if (good && failing) {
            LOG.info("{}: the simulated phone reports again", phone);
        }
        failing = !good;
    }

    private int get(String url) throws IOException {
        int path = url.indexOf('/', "http://".length());
        URI place = URI.create(url.substring(0, path));
        try (Socket socket = connect(place.getHost(), place.getPort())) {
            String head = "GET " + url.substring(path) + " HTTP/1.1\r\nHost: " + place.getAuthority()
                    + "\r\nUser-Agent: Simulated\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            return status(socket.getInputStream());
        }
    }

    /** Another address of this machine may not be reachable from loopback; Bellwire itself is on this machine. */
    private Socket connect(String host, int port) throws IOException {
        try {
            return connect(new InetSocketAddress(host, port));
        } catch (IOException e) {
            InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            try {
                return connect(here);
            } catch (IOException again) {
                e.addSuppressed(again);
                throw e;
            }
        }
    }

    private Socket connect(InetSocketAddress gateway) throws IOException {
        Socket socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(from, 0));
            socket.setSoTimeout(TIMEOUT_MS);
            socket.connect(gateway, TIMEOUT_MS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static int status(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n' && line.length() < MAX_STATUS_LINE; next = in.read()) {
            line.append((char) next);
        }
        String[] words = line.toString().split(" ");
        if (words.length < 2 || !words[1].matches("\\d{3}")) {
            throw new IOException("no HTTP answer");
        }
        return Integer.parseInt(words[1]);
    }
}
