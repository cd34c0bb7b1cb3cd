package org.bellwire.ingress;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bellwire.api.Cfg;
import org.bellwire.api.Rate;
import org.bellwire.api.Secret;

/**
 * What {@code org.bellwire.ingress.cfg} says.
 *
 * @param tls empty: no port for TLS
 * @param token empty: the file has none, or a wrong one
 * @param networks from where phones may report
 * @param proxies whose X-Forwarded-For is believed
 */
record Settings(
        String host,
        int port,
        Optional<TlsPort> tls,
        Optional<Secret> token,
        Networks networks,
        Networks proxies,
        Rate phoneRate,
        Rate addressRate) {

    static final String FILE = "org.bellwire.ingress.cfg";
    static final int DEFAULT_PORT = 8087;

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{22,128}");

    /** Reads a file; a wrong value is noted there and has its default here. */
    static Settings read(Cfg cfg) {
        int port = cfg.integer("port", DEFAULT_PORT, 0, 65_535);
        return new Settings(
                cfg.text("host", "0.0.0.0"),
                port,
                TlsPort.of(cfg, port),
                cfg.parsed("token", Settings::token, "22 to 128 letters, digits, '-', '_', '.' or '~'"),
                networks(cfg, "networks").orElse(Networks.PRIVATE),
                networks(cfg, "trusted.proxies").orElse(Networks.NONE),
                cfg.parsed("rate.phone", Rates::parse, Rates.EXPECTED).orElse(new Rate(20, 50)),
                cfg.parsed("rate.address", Rates::parse, Rates.EXPECTED).orElse(new Rate(200, 500)));
    }

    /** Both would open the same port for plain HTTP. */
    boolean listensAs(Settings other) {
        return host.equals(other.host) && port == other.port;
    }

    private static Optional<Secret> token(String text) {
        return TOKEN.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
    }

    private static Optional<Networks> networks(Cfg cfg, String key) {
        List<String> texts = cfg.list(key);
        return cfg.parsed(
                key,
                text -> Optional.of(Networks.of(texts)),
                "addresses or networks such as 192.168.1.0/24 or fc00::/7, separated by commas");
    }
}
