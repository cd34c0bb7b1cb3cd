package org.bellwire.maintenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Copies bytes and tells what they were. */
final class Digests {

    private static final int BUFFER = 16 << 10;

    private Digests() {}

    /**
     * Bytes that were copied.
     *
     * @param size how many
     * @param sha256 their digest, in hexadecimal
     */
    record Copied(long size, String sha256) {}

    /** Copies all of it, at most so many bytes. */
    static Copied copy(InputStream in, OutputStream out, long max) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            size += read;
            if (size > max) {
                throw new IOException("it is larger than " + max + " bytes: it is no file of Bellwire");
            }
            digest.update(buffer, 0, read);
            out.write(buffer, 0, read);
        }
        return new Copied(size, HexFormat.of().formatHex(digest.digest()));
    }

    static String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return copy(in, OutputStream.nullOutputStream(), Long.MAX_VALUE).sha256();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
