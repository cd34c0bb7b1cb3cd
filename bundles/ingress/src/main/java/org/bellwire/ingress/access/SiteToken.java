package org.bellwire.ingress.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.bellwire.api.config.Secret;

/** The site's token. */
public final class SiteToken {

    private static final int RANDOM_BYTES = 18;

    private final Secret secret;
    private final byte[] bytes;

    public SiteToken(Secret secret) {
        this.secret = secret;
        this.bytes = secret.reveal().getBytes(StandardCharsets.UTF_8);
    }

    /** A new one: 24 characters, 144 bits of them random. */
    public static SiteToken random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new SiteToken(new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
    }

    public Secret secret() {
        return secret;
    }

    /** Takes a time that depends on the given token only: it tells nothing of the true one. */
    boolean matches(String token) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), bytes);
    }
}
