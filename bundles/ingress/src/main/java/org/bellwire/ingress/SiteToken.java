package org.bellwire.ingress;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.bellwire.api.Secret;

/** The site's token. */
final class SiteToken {

    private static final int RANDOM_BYTES = 18;

    private final Secret secret;
    private final byte[] bytes;

    SiteToken(Secret secret) {
        this.secret = secret;
        this.bytes = secret.reveal().getBytes(StandardCharsets.UTF_8);
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

    /** Takes a time that depends on the given token only: it tells nothing of the true one. */
    boolean matches(String token) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), bytes);
    }
}
