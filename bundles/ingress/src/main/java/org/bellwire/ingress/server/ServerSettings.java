package org.bellwire.ingress.server;

import java.util.Optional;
import org.bellwire.api.config.Cfg;

/**
 * Where to listen for phones.
 *
 * @param tls empty: no port for TLS
 */
public record ServerSettings(String host, int port, Optional<TlsPort> tls) {

    static final int DEFAULT_PORT = 8087;

    /** Reads a file; a wrong value is noted there and has its default here. */
    public static ServerSettings read(Cfg cfg) {
        int port = cfg.integer("port", DEFAULT_PORT, 0, 65_535);
        return new ServerSettings(cfg.text("host", "0.0.0.0"), port, TlsPort.of(cfg, port));
    }

    /** Both would open the same port for plain HTTP. */
    boolean listensAs(ServerSettings other) {
        return host.equals(other.host) && port == other.port;
    }
}
