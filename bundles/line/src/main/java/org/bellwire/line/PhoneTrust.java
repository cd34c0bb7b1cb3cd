package org.bellwire.line;

import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides on one phone's certificate: with a pin only that certificate, whatever its name or issuer; without one the
 * platform's rules.
 */
final class PhoneTrust extends X509ExtendedTrustManager {

    private final String pin;
    private final Supplier<X509ExtendedTrustManager> platform;

    /** @param pin SHA-256 of the certificate in hexadecimal; empty: none */
    PhoneTrust(String pin, Supplier<X509ExtendedTrustManager> platform) {
        this.pin = pin;
        this.platform = platform;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        String fingerprint = fingerprint(chain[0]);
        if (pin.isEmpty()) {
            try {
                platform.get().checkServerTrusted(chain, authType, engine);
            } catch (CertificateException e) {
                throw new UntrustedCertificateException(String.valueOf(e.getMessage()), fingerprint);
            }
        } else if (!pin.equalsIgnoreCase(fingerprint)) {
            throw new UntrustedCertificateException("not the pinned certificate", fingerprint);
        }
    }

    static String fingerprint(X509Certificate certificate) throws CertificateException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("only engines are used here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("only engines are used here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("no clients here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
