package org.bellwire.line;

import java.security.cert.CertificateException;
import java.util.Optional;

/** A phone's certificate is not trusted. Holds the pin that a user can enter to trust it. */
final class UntrustedCertificateException extends CertificateException {

    private static final long serialVersionUID = 1L;

    private final String fingerprint;

    UntrustedCertificateException(String reason, String fingerprint) {
        super(reason);
        this.fingerprint = fingerprint;
    }

    String fingerprint() {
        return fingerprint;
    }

    /** The refused certificate that this failure comes from, if it does. */
    static Optional<UntrustedCertificateException> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UntrustedCertificateException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
