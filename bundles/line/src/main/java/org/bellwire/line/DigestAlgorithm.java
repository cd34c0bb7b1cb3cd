package org.bellwire.line;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** The hashes of RFC 7616, the strongest last. */
enum DigestAlgorithm {
    MD5("MD5", "MD5"),
    SHA_256("SHA-256", "SHA-256"),
    SHA_512_256("SHA-512-256", "SHA-512/256");

    private final String wire;
    private final String java;

    DigestAlgorithm(String wire, String java) {
        this.wire = wire;
        this.java = java;
    }

    static Optional<DigestAlgorithm> of(String name) {
        return Stream.of(values())
                .filter(one -> one.wire.equalsIgnoreCase(name))
                .findFirst();
    }

    String wire() {
        return wire;
    }

    /** In lower-case hexadecimal. */
    String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance(java).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
