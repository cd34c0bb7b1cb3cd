package org.bellwire.ingress.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.bellwire.api.config.Secret;
import org.bellwire.api.config.Token;

/** The site's token. */
public final class SiteToken {

    private final Secret secret;
    private final byte[] bytes;

    public SiteToken(Secret secret) {
        this.secret = secret;
        this.bytes = secret.reveal().getBytes(StandardCharsets.UTF_8);
    }

    public static SiteToken random() {
        return new SiteToken(Token.random());
    }

    public Secret secret() {
        return secret;
    }

    /** Takes a time that depends on the given token only: it tells nothing of the true one. */
    boolean matches(String token) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), bytes);
    }
}
