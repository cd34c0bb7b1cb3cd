package org.bellwire.core.phone;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.bellwire.api.Mac;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Scheme;
import org.bellwire.api.SiteId;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.Secret;
import org.bellwire.api.config.Token;

/**
 * A phone's file, validated.
 *
 * @param host a name or an address, IPv6 without brackets; empty: the phone only reports
 * @param allow commands that are off otherwise
 * @param probeSeconds how often to look whether the phone is there; 0: never
 * @param longPoll its events are read from its log, since its action URLs are not set
 * @param site of which tenant the phone is
 * @param warnings what is odd in the file but does no harm
 */
public record PhoneSettings(
        PhoneId id,
        String vendor,
        String name,
        Optional<Mac> mac,
        Optional<String> host,
        Optional<Integer> port,
        Optional<Scheme> scheme,
        Optional<String> user,
        Optional<Secret> password,
        Optional<Secret> apiToken,
        Optional<String> account,
        Optional<String> outgoingUri,
        Optional<Secret> token,
        Optional<String> pin,
        Set<CommandName> allow,
        int probeSeconds,
        boolean longPoll,
        SiteId site,
        List<String> warnings) {

    /** All keys, in the order of the documentation. */
    public static final List<String> KEYS = List.of(
            "vendor",
            "name",
            "mac",
            "host",
            "port",
            "scheme",
            "user",
            "password",
            "api.token",
            "account",
            "outgoing.uri",
            "token",
            "tls.pin",
            "allow",
            "probe.s",
            "long.poll",
            "site");

    /** Those that nobody is shown. */
    public static final Set<String> SECRET_KEYS = Set.of("password", "api.token", "token");

    /** As long as a state may be. */
    private static final int MAX = 255;

    private static final int MAX_SECRET = 1024;
    /** Unknown commands that a message names. */
    private static final int MAX_SHOWN = 10;

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern VENDOR = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final Pattern URI = Pattern.compile("[0-9A-Za-z*#+._@:-]{1,128}");

    public PhoneSettings {
        allow = Set.copyOf(allow);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a phone's file.
     *
     * @param oddities what is odd in the file's text, each as {@code key: what}
     * @throws org.bellwire.api.config.CfgException naming every fault
     */
    public static PhoneSettings parse(String file, PhoneId id, Map<String, ?> properties, List<String> oddities) {
        Cfg cfg = Cfg.of(file, properties);
        Optional<String> vendor = cfg.parsed(
                        "vendor", form(VENDOR)::find, "the name of a vendor, as phone:vendors shows it")
                .map(v -> v.toLowerCase(Locale.ROOT));
        if (cfg.text("vendor").isEmpty()) {
            cfg.fault("vendor", "is missing: name the phone's vendor; phone:vendors lists those installed");
        }
        PhoneSettings settings = new PhoneSettings(
                id,
                vendor.orElse(""),
                atMost(MAX, cfg, "name").orElse(id.value()),
                cfg.parsed("mac", Mac::parse, "a MAC address such as 00:1f:c1:1a:8b:6c"),
                host(cfg),
                cfg.text("port").map(any -> cfg.integer("port", 0, 1, 65535)),
                cfg.parsed("scheme", Scheme::ofWire, "http or https"),
                atMost(MAX, cfg, "user"),
                atMost(MAX_SECRET, cfg, "password").map(Secret::new),
                atMost(MAX_SECRET, cfg, "api.token").map(Secret::new),
                atMost(MAX, cfg, "account"),
                cfg.parsed("outgoing.uri", form(URI)::find, "a SIP address such as 3@192.168.20.22"),
                cfg.parsed("token", Token::parse, "22 to 128 of A-Z a-z 0-9 . _ ~ -"),
                cfg.parsed(
                        "tls.pin", PhoneSettings::pin, "the SHA-256 of the phone's certificate: 64 hexadecimal digits"),
                allowed(cfg),
                cfg.integer("probe.s", 60, 0, 86_400),
                cfg.parsed("long.poll", PhoneSettings::truth, "true or false").orElse(false),
                cfg.parsed("site", SiteId::parse, "what stands in the name of a file org.bellwire.site-<id>.cfg")
                        .orElse(SiteId.OWN),
                warnings(cfg, oddities));
        cfg.check();
        return settings;
    }

    /** What is kept of the phone over a restart holds for this vendor and tenant only. */
    public String keptFor() {
        return site.isOwn() ? vendor : vendor + " of " + site;
    }

    private static Optional<String> host(Cfg cfg) {
        Optional<String> text = cfg.text("host");
        Optional<String> host = text.flatMap(HostText::parse);
        if (host.isEmpty()) {
            text.ifPresent(wrong -> cfg.fault("host", HostText.fault(wrong)));
        }
        return host;
    }

    /** Made last: what nobody asked for is no key. */
    private static List<String> warnings(Cfg cfg, List<String> oddities) {
        return Stream.concat(oddities.stream(), cfg.unknownKeys().stream()).toList();
    }

    private static Optional<String> pin(String text) {
        String digits = text.replace(":", "").toLowerCase(Locale.ROOT).replaceFirst("^sha-?256[/=]?", "");
        return Optional.of(digits).filter(d -> d.matches("[0-9a-f]{64}"));
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** No name of a command holds a blank, so that a forgotten comma does no harm. */
    private static List<String> words(List<String> items) {
        return items.stream().flatMap(BLANKS::splitAsStream).toList();
    }

    /** Of words that are no commands, thousands are told as few: a message for each would cost 300 bytes for a byte of the file. */
    private static Set<CommandName> allowed(Cfg cfg) {
        Set<CommandName> allowed = EnumSet.noneOf(CommandName.class);
        int unknown = 0;
        for (String item : words(cfg.list("allow"))) {
            Optional<CommandName> command = CommandName.ofWire(item.toLowerCase(Locale.ROOT));
            command.ifPresent(allowed::add);
            if (command.isEmpty() && ++unknown <= MAX_SHOWN) {
                cfg.fault("allow", "there is no command '" + Cfg.shown(item) + "'");
            }
        }
        if (unknown > MAX_SHOWN) {
            cfg.fault("allow", "and " + (unknown - MAX_SHOWN) + " more faults");
        }
        return allowed;
    }

    /** What an answer or a topic has to carry is bounded. */
    private static Optional<String> atMost(int max, Cfg cfg, String key) {
        Optional<String> text = cfg.text(key);
        if (text.filter(t -> t.length() > max).isPresent()) {
            cfg.fault(key, "has more than " + max + " characters");
        }
        return text;
    }

    private static Form form(Pattern pattern) {
        return text -> Optional.of(text).filter(t -> pattern.matcher(t).matches());
    }

    private interface Form {
        Optional<String> find(String text);
    }
}
