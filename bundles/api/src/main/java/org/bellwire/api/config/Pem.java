package org.bellwire.api.config;

import java.io.ByteArrayInputStream;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads files of certificates and keys in PEM: the blocks that are asked for, whatever else the file holds. Every exception's
 * message names the file and what to do.
 */
public final class Pem {

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /** What a file of certificates in binary form begins with. */
    private static final byte DER_SEQUENCE = 0x30;

    private static final int MAX_NAME = 255;
    /** All authorities of the world have some 300 KB. */
    private static final long MAX_BYTES = 4 << 20;

    private Pem() {}

    /** Reads one kind of content. */
    @FunctionalInterface
    public interface Reader {
        /** Fails with a message for the user if the file has no such content. */
        Object read(Path file) throws IOException, GeneralSecurityException;
    }

    /** The file that a key names, found as {@link Cfg#folder} finds one, if it can be read; what is wrong is noted there. */
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
                : Optional.of(Cfg.resolve(Path.of(name)));
    }

    /** The certificates of a file in their order, each once, at least one. */
    public static List<Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        Set<Certificate> found = new LinkedHashSet<>();
        byte[] bytes = bytes(file);
        try {
            for (byte[] block : blocks(bytes, CERTIFICATE)) {
                found.add(factory.generateCertificate(new ByteArrayInputStream(block)));
            }
            if (bytes.length > 0 && bytes[0] == DER_SEQUENCE) {
                found.addAll(factory.generateCertificates(new ByteArrayInputStream(bytes)));
            }
        } catch (CertificateException e) {
            throw new CertificateException(file + " holds a broken certificate: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new CertificateException(file + " holds no certificate (-----BEGIN CERTIFICATE-----)");
        }
        return List.copyOf(found);
    }

    /** The first key of a file: PKCS#8, not encrypted. */
    public static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        List<byte[]> keys = blocks(bytes(file), KEY);
        if (keys.isEmpty()) {
            throw new InvalidKeyException(file + " holds no unencrypted PKCS#8 key (-----BEGIN PRIVATE KEY-----);"
                    + " 'openssl pkcs8 -topk8 -nocrypt' makes one");
        }
        byte[] encoded = keys.get(0);
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

    /** What stands between the lines of such a block, decoded; a block without an end, or of what is no base 64, is none. */
    private static List<byte[]> blocks(byte[] file, String label) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        String text = new String(file, StandardCharsets.ISO_8859_1);
        List<byte[]> blocks = new ArrayList<>();
        for (int at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + 1)) {
            int stop = text.indexOf("-----", at + begin.length());
            if (stop > 0 && text.startsWith(end, stop)) {
                blocks.add(Base64.getMimeDecoder().decode(text.substring(at + begin.length(), stop)));
            }
        }
        return blocks;
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(readable(file))) {
            byte[] bytes = in.readNBytes((int) MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException(file + " is larger than " + (MAX_BYTES >> 20) + " MB: it is no PEM file");
            }
            return bytes;
        }
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
