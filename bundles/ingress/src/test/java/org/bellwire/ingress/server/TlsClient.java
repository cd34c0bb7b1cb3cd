package org.bellwire.ingress.server;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bellwire.api.config.Pem;

/** A phone that speaks TLS and trusts one certificate. */
public final class TlsClient {

    private final SSLContext context;

    public TlsClient(Path trusted) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        store.setCertificateEntry("trusted", Pem.certificates(trusted).get(0));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
    }

    /** The client's end of a connection, without one. */
    SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        return engine;
    }

    SSLSocket socket(int port, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    /** By TLS over a connection that is there already. */
    public SSLSocket over(Socket socket, String... protocols) throws IOException {
        SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), true);
        if (protocols.length > 0) {
            tls.setEnabledProtocols(protocols);
        }
        return tls;
    }

    public RawHttpClient line(int port, String... protocols) throws IOException {
        return new RawHttpClient(socket(port, protocols));
    }

    /** Asks on a connection of its own. */
    public int get(int port, String target) throws IOException {
        try (RawHttpClient line = line(port)) {
            return line.send("GET " + target + " HTTP/1.1\r\nConnection: close\r\n\r\n")
                    .status();
        }
    }
}
