package org.bellwire.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The certificate of all simulated phones. Its key lies in this bundle for everybody to see: it proves nothing, as a phone's
 * self-signed certificate does not either until it is pinned.
 */
final class SimulatorCertificate {

    private static final char[] PASSWORD = "simulated".toCharArray();

    private final KeyStore store;

    private SimulatorCertificate(KeyStore store) {
        this.store = store;
    }

    static SimulatorCertificate load() {
        try (InputStream in = SimulatorCertificate.class.getResourceAsStream("phone.p12")) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            return new SimulatorCertificate(store);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the simulated phones' certificate", e);
        }
    }

    /** SHA-256 in hexadecimal: what {@code tls.pin} has to be. */
    String fingerprint() {
        try {
            byte[] encoded = store.getCertificate("phone").getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server socket, not bound yet, that shows this certificate. */
    ServerSocket serverSocket() throws IOException {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(keys.getKeyManagers(), null, null);
            return tls.getServerSocketFactory().createServerSocket();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
