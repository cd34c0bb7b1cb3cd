package org.bellwire.core.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.Networks;
import org.bellwire.api.config.Rate;
import org.bellwire.api.config.Token;
import org.bellwire.api.port.Site;

/** Reads a site's file. */
final class SiteSettings {

    private static final Pattern ROOT = Pattern.compile("[\\p{L}\\p{N}_.-]{1,64}(/[\\p{L}\\p{N}_.-]{1,64}){0,7}");

    private SiteSettings() {}

    /** @throws org.bellwire.api.config.CfgException naming every fault */
    static Site parse(String file, SiteId id, Map<String, ?> properties) {
        Cfg cfg = Cfg.of(file, properties);
        if (cfg.text("token").isEmpty()) {
            cfg.fault("token", "is missing: 22 to 128 of A-Z a-z 0-9 . _ ~ - that no other site has");
        }
        Site site = new Site(
                id,
                cfg.parsed(
                                "topic",
                                text -> Optional.of(text)
                                        .filter(t -> ROOT.matcher(t).matches()),
                                "levels of letters, digits, _ . - with / between them, without + and #")
                        .orElse(id.value()),
                cfg.parsed("token", Token::parse, "22 to 128 of A-Z a-z 0-9 . _ ~ -"),
                networks(cfg),
                cfg.parsed("rate", Rate::parse, "a rate such as '50/s, burst 200', '300/min' or '20' (each second)"),
                cfg.integer("max.phones", 20_000, 1, 20_000));
        cfg.check();
        return site;
    }

    private static Optional<Networks> networks(Cfg cfg) {
        List<String> texts = cfg.list("networks");
        return cfg.parsed(
                "networks",
                text -> Optional.of(Networks.of(texts)),
                "addresses or networks such as 192.168.1.0/24 or fc00::/7, separated by commas");
    }
}
