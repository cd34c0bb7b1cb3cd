package org.bellwire.ingress.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.Networks;
import org.bellwire.api.config.Rate;

/**
 * Who may report, and how often.
 *
 * @param networks from where phones may report
 * @param proxies who are believed to pass on another's request or connection
 * @param adopts unknown phones are adopted by themselves
 */
public record AccessSettings(Networks networks, Networks proxies, Rate phoneRate, Rate addressRate, boolean adopts) {

    private static final String RATE = "a rate such as '20/s, burst 50', '300/min' or '20' (each second)";

    /** Reads a file; a wrong value is noted there and has its default here. */
    public static AccessSettings read(Cfg cfg) {
        return new AccessSettings(
                networks(cfg, "networks").orElse(Networks.PRIVATE),
                networks(cfg, "trusted.proxies").orElse(Networks.NONE),
                cfg.parsed("rate.phone", Rate::parse, RATE).orElse(Rate.OF_A_PHONE),
                cfg.parsed("rate.address", Rate::parse, RATE).orElse(new Rate(200, 500)),
                cfg.parsed("adopt", AccessSettings::adoption, "auto or off").orElse(false));
    }

    private static Optional<Boolean> adoption(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "auto" -> Optional.of(true);
            case "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Networks> networks(Cfg cfg, String key) {
        List<String> texts = cfg.list(key);
        return cfg.parsed(
                key,
                text -> Optional.of(Networks.of(texts)),
                "addresses or networks such as 192.168.1.0/24 or fc00::/7, separated by commas");
    }
}
