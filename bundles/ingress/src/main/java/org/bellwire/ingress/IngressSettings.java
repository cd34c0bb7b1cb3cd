package org.bellwire.ingress;

import java.util.Optional;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.Secret;
import org.bellwire.api.config.Token;
import org.bellwire.ingress.access.AccessSettings;
import org.bellwire.ingress.access.UrlHost;
import org.bellwire.ingress.server.ServerSettings;

/**
 * What {@code org.bellwire.ingress.cfg} says.
 *
 * @param urlHost where phones are told to report to; empty: to this machine
 * @param token empty: the file has none, or a wrong one
 */
public record IngressSettings(
        ServerSettings server, AccessSettings access, Optional<UrlHost> urlHost, Optional<Secret> token) {

    /** Reads a file; a wrong value is noted there and has its default here. */
    public static IngressSettings read(Cfg cfg) {
        return new IngressSettings(
                ServerSettings.read(cfg),
                AccessSettings.read(cfg),
                UrlHost.read(cfg),
                cfg.parsed("token", Token::parse, "22 to 128 letters, digits, '-', '_', '.' or '~'"));
    }
}
