package org.bellwire.ingress.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.bellwire.api.config.TlsIdentity;
import org.bellwire.ingress.http.IngressFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins the TLS of a connection. Certificate and key are read again when their files have changed, so that a renewed
 * certificate counts from the next connection on; if they cannot be used then, those of before stay.
 */
final class TlsContext {

    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
    private static final char[] NO_PASSWORD = {};
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final int MAX_SESSIONS = 1000;
    private static final int SESSION_S = 3600;

    private final TlsIdentity identity;
    private List<Stamp> stamps;
    private SSLContext context;

    TlsContext(TlsIdentity identity) throws IOException, GeneralSecurityException {
        this.identity = identity;
        stamps = stamps(identity);
        context = read(identity);
    }

    /** For one connection, at the server's end of it. */
    SSLEngine engine() {
        SSLEngine engine = newest().createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setUseCipherSuitesOrder(true);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private synchronized SSLContext newest() {
        List<Stamp> now = stamps(identity);
        if (!now.equals(stamps)) {
            stamps = now;
            try {
                context = read(identity);
                LOG.info("{}: tls.certificate: {} was read again", IngressFile.NAME, identity.certificate());
            } catch (IOException | GeneralSecurityException e) {
                LOG.warn(
                        "{}: tls.certificate: going on with the certificate of before ({}): mend the files",
                        IngressFile.NAME,
                        e.getMessage());
            }
        }
        return context;
    }

    private static SSLContext read(TlsIdentity identity) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity.store(), NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        context.getServerSessionContext().setSessionCacheSize(MAX_SESSIONS);
        context.getServerSessionContext().setSessionTimeout(SESSION_S);
        return context;
    }

    private static List<Stamp> stamps(TlsIdentity identity) {
        return List.of(Stamp.of(identity.certificate()), Stamp.of(identity.key()));
    }

    /** By what a file that was written anew is told from the one before. */
    private record Stamp(long time, long size, String key) {

        static Stamp of(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(
                        now.lastModifiedTime().to(TimeUnit.NANOSECONDS), now.size(), Objects.toString(now.fileKey()));
            } catch (IOException e) {
                return new Stamp(0, 0, "");
            }
        }
    }
}
