package org.bellwire.ingress;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.bellwire.api.Secret;

/** The site's token. Compares in a time that tells nothing of it. */
final class SiteToken {

    private static final int RANDOM_BYTES = 18;

    private final Secret secret;
    private final byte[] hash;

    SiteToken(Secret secret) {
        this.secret = secret;
        this.hash = hash(secret.reveal());
    }

    /** A new one: 24 characters, 144 bits of them random. */
    static SiteToken random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new SiteToken(new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
    }

    Secret secret() {
        return secret;
    }

    boolean matches(String token) {
        return MessageDigest.isEqual(hash, hash(token));
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
