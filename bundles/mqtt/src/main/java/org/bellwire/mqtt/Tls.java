package org.bellwire.mqtt;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bellwire.api.Cfg;

/**
 * Whom to trust and who we are. The files are read for every connection, so that a renewed certificate counts from the next
 * one on.
 *
 * @param trust the authorities that may have signed the broker's certificate; empty: those of Java
 * @param identity the client's own certificate and key; empty: none
 */
record Tls(Optional<Path> trust, Optional<Identity> identity) {

    /** A certificate, its chain after it, and its private key. */
    record Identity(Path certificate, Path key) {}

    private static final char[] NO_PASSWORD = {};

    static Optional<Tls> of(Cfg cfg, boolean encrypted) {
        Optional<Path> trust = file(cfg, "tls.trust", encrypted);
        Optional<Path> certificate = file(cfg, "tls.certificate", encrypted);
        Optional<Path> key = file(cfg, "tls.key", encrypted);
        trust.ifPresent(path -> check(cfg, "tls.trust", () -> Pem.certificates(path)));
        if (certificate.isPresent() != key.isPresent()) {
            cfg.fault(key.isPresent() ? "tls.certificate" : "tls.key", "is missing: certificate and key go together");
        }
        Optional<Identity> identity = certificate.flatMap(c -> key.map(k -> new Identity(c, k)));
        identity.ifPresent(own -> {
            check(cfg, "tls.certificate", () -> Pem.certificates(own.certificate()));
            check(cfg, "tls.key", () -> Pem.key(own.key()));
        });
        return encrypted ? Optional.of(new Tls(trust, identity)) : Optional.empty();
    }

    private static Optional<Path> file(Cfg cfg, String key, boolean encrypted) {
        Optional<String> text = cfg.text(key);
        if (text.isPresent() && !encrypted) {
            cfg.fault(key, "needs a url that begins with ssl://");
            return Optional.empty();
        }
        return text.map(name -> Path.of(System.getProperty("karaf.base", "")).resolve(name));
    }

    private interface Reading {
        Object read() throws IOException, GeneralSecurityException;
    }

    private static void check(Cfg cfg, String key, Reading reading) {
        try {
            reading.read();
        } catch (IOException | GeneralSecurityException e) {
            cfg.fault(key, String.valueOf(e.getMessage()));
        }
    }

    SSLSocketFactory sockets() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(), trustManagers(), null);
        return context.getSocketFactory();
    }

    private KeyManager[] keyManagers() throws IOException, GeneralSecurityException {
        if (identity.isEmpty()) {
            return new KeyManager[0];
        }
        List<Certificate> chain = Pem.certificates(identity.get().certificate());
        PrivateKey key = Pem.key(identity.get().key());
        KeyStore store = emptyStore();
        store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private TrustManager[] trustManagers() throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore store = emptyStore();
        if (trust.isEmpty()) {
            factory.init((KeyStore) null);
            return factory.getTrustManagers();
        }
        for (Certificate certificate : Pem.certificates(trust.get())) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
