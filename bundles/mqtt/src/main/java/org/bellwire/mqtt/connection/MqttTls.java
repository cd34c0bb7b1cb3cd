package org.bellwire.mqtt.connection;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.Pem;
import org.bellwire.api.config.TlsIdentity;

/**
 * Whom to trust and who we are. The files are read for every connection, so that a renewed certificate counts from the next
 * one on.
 *
 * @param trust the authorities that may have signed the broker's certificate; empty: those of Java
 * @param identity the client's own certificate and key; empty: none
 */
record MqttTls(Optional<Path> trust, Optional<TlsIdentity> identity) {

    private static final char[] NO_PASSWORD = {};

    static Optional<MqttTls> of(Cfg cfg, boolean encrypted) {
        if (!encrypted) {
            Stream.of("tls.trust", "tls.certificate", "tls.key")
                    .filter(key -> cfg.text(key).isPresent())
                    .forEach(key -> cfg.fault(key, "needs a url that begins with ssl://"));
            return Optional.empty();
        }
        return Optional.of(new MqttTls(Pem.file(cfg, "tls.trust", Pem::certificates), TlsIdentity.of(cfg)));
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
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(identity.get().store(), NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private TrustManager[] trustManagers() throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (trust.isEmpty()) {
            factory.init((KeyStore) null);
            return factory.getTrustManagers();
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        for (Certificate certificate : Pem.certificates(trust.get())) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        factory.init(store);
        return factory.getTrustManagers();
    }
}
