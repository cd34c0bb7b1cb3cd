package org.bellwire.api;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads files of certificates and keys in PEM. Every exception's message names the file and what to do. */
public final class Pem {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private static final int MAX_NAME = 255;

    private Pem() {}

    /** Reads one kind of content. */
    @FunctionalInterface
    public interface Reader {
        /** Fails with a message for the user if the file has no such content. */
        Object read(Path file) throws IOException, GeneralSecurityException;
    }

    /** The file that a key names, relative to the container's folder, if it can be read; what is wrong is noted there. */
    public static Optional<Path> file(Cfg cfg, String key, Reader reader) {
        Optional<Path> file = cfg.parsed(key, Pem::path, "the name of a file, not what is in it", true);
        try {
            if (file.isPresent()) {
                reader.read(file.get());
            }
            return file;
        } catch (IOException | GeneralSecurityException e) {
            cfg.fault(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Empty for what is no name: somebody may have put the key itself here. */
    private static Optional<Path> path(String name) {
        return name.length() > MAX_NAME || name.contains("-----")
                ? Optional.empty()
                : Optional.of(Path.of(System.getProperty("karaf.base", "")).resolve(name));
    }

    /** The certificates of a file in their order, at least one. */
    public static List<Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        List<Certificate> found;
        try (InputStream in = Files.newInputStream(readable(file))) {
            found = List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
        } catch (CertificateException e) {
            throw new CertificateException(file + " holds a broken certificate: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new CertificateException(file + " holds no certificate (-----BEGIN CERTIFICATE-----)");
        }
        return found;
    }

    /** The first key of a file: PKCS#8, not encrypted. */
    public static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher matcher = KEY.matcher(Files.readString(readable(file), StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new InvalidKeyException(file + " holds no unencrypted PKCS#8 key (-----BEGIN PRIVATE KEY-----);"
                    + " 'openssl pkcs8 -topk8 -nocrypt' makes one");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
        InvalidKeyException none = new InvalidKeyException(file + " holds no key of " + KEY_ALGORITHMS);
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                none.addSuppressed(e);
            }
        }
        throw none;
    }

    private static Path readable(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file + " does not exist");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new FileNotFoundException(file + " cannot be read: it is no file or lacks the permission");
        }
        return file;
    }
}
