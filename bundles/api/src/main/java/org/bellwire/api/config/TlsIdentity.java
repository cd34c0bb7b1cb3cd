package org.bellwire.api.config;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who we are to the other end of a TLS connection.
 *
 * @param certificate a PEM file: our own certificate, its chain after it
 * @param key a PEM file: its private key, PKCS#8, not encrypted
 */
public record TlsIdentity(Path certificate, Path key) {

    private static final char[] NO_PASSWORD = {};
    private static final byte[] PROBE = {1};
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    /** Reads {@code tls.certificate} and {@code tls.key}; what is wrong with the files, too, is noted there. */
    public static Optional<TlsIdentity> of(Cfg cfg) {
        boolean hasCertificate = cfg.text("tls.certificate").isPresent();
        boolean hasKey = cfg.text("tls.key").isPresent();
        if (hasCertificate != hasKey) {
            cfg.fault(hasKey ? "tls.certificate" : "tls.key", "is missing: certificate and key go together");
        }
        Optional<Path> certificate = Pem.file(cfg, "tls.certificate", Pem::certificates);
        Optional<Path> key = Pem.file(cfg, "tls.key", Pem::key);
        Optional<TlsIdentity> identity = certificate.flatMap(c -> key.map(k -> new TlsIdentity(c, k)));
        return identity.filter(pair -> pair.fits(cfg));
    }

    /** Both as they are in the files now, in a store without a password. */
    public KeyStore store() throws IOException, GeneralSecurityException {
        List<Certificate> chain = Pem.certificates(certificate);
        PrivateKey own = Pem.key(key);
        if (!isPair(chain.get(0).getPublicKey(), own)) {
            throw new InvalidKeyException(key + " is not the key of the first certificate in " + certificate);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("own", own, NO_PASSWORD, chain.toArray(Certificate[]::new));
        return store;
    }

    private boolean fits(Cfg cfg) {
        try {
            store();
            return true;
        } catch (IOException | GeneralSecurityException e) {
            cfg.fault("tls.key", String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static boolean isPair(PublicKey open, PrivateKey secret) throws GeneralSecurityException {
        if (!open.getAlgorithm().equals(secret.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(SIGNATURES.getOrDefault(secret.getAlgorithm(), ""));
        signature.initSign(secret);
        signature.update(PROBE); // with nothing to sign, Ed25519 of some releases of Java 17 contradicts itself
        byte[] signed = signature.sign();
        signature.initVerify(open);
        signature.update(PROBE);
        return signature.verify(signed);
    }
}
