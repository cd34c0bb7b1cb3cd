package org.bellwire.simulator;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bellwire.api.port.SimulatedPhones.Simulated;

/** Sends one request to a simulated phone over a plain socket. */
final class Caller {

    private Caller() {}

    /** The whole answer. */
    static String get(Simulated phone, String target, String... headers) throws IOException {
        return getWithin(10_000, phone, target, headers);
    }

    static String getWithin(int millis, Simulated phone, String target, String... headers) throws IOException {
        try (Socket socket = socket(phone)) {
            socket.setSoTimeout(millis);
            String head = "GET " + target + " HTTP/1.1\r\nHost: phone\r\n"
                    + String.join(
                            "", Arrays.stream(headers).map(h -> h + "\r\n").toList()) + "\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Socket socket(Simulated phone) throws IOException {
        if (phone.pin().isEmpty()) {
            return new Socket(phone.address(), phone.port());
        }
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {new Anyone()}, null);
            return tls.getSocketFactory().createSocket(phone.address(), phone.port());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static final class Anyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            if (chain.length == 0) {
                throw new IllegalStateException();
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
