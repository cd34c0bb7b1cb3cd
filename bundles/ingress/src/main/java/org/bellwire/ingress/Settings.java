package org.bellwire.ingress;

import java.util.Optional;
import java.util.regex.Pattern;
import org.bellwire.api.Cfg;
import org.bellwire.api.Secret;

/**
 * What {@code org.bellwire.ingress.cfg} says.
 *
 * @param token empty: the file has none, or a wrong one
 */
record Settings(ServerSettings server, AccessSettings access, Optional<Secret> token) {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{22,128}");

    /** Reads a file; a wrong value is noted there and has its default here. */
    static Settings read(Cfg cfg) {
        return new Settings(
                ServerSettings.read(cfg),
                AccessSettings.read(cfg),
                cfg.parsed("token", Settings::token, "22 to 128 letters, digits, '-', '_', '.' or '~'"));
    }

    private static Optional<Secret> token(String text) {
        return TOKEN.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
    }
}
