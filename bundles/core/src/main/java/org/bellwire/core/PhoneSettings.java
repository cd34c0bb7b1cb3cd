package org.bellwire.core;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bellwire.api.Cfg;
import org.bellwire.api.CommandName;
import org.bellwire.api.Mac;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Secret;

/**
 * A phone's file, validated.
 *
 * @param host a name or an address, IPv6 without brackets; empty: the phone only reports
 * @param allow commands that are off otherwise
 * @param probeSeconds how often to look whether the phone is there; 0: never
 * @param warnings what is odd in the file but does no harm
 */
record PhoneSettings(
        PhoneId id,
        String vendor,
        String name,
        Optional<Mac> mac,
        Optional<String> host,
        Optional<Integer> port,
        Optional<String> scheme,
        Optional<String> user,
        Optional<Secret> password,
        Optional<Secret> apiToken,
        Optional<String> account,
        Optional<String> outgoingUri,
        Optional<Secret> token,
        Optional<String> pin,
        Set<CommandName> allow,
        int probeSeconds,
        List<String> warnings) {

    static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{22,128}");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9._-]+)?");
    private static final Pattern URI = Pattern.compile("[0-9A-Za-z*#+._@:-]{1,128}");
    /** Keys that the container adds. */
    private static final Pattern FOREIGN = Pattern.compile("service\\.|felix\\.|component\\.|org\\.apache\\.");

    private static final Set<String> KEYS = Set.of(
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
            "probe.s");

    PhoneSettings {
        allow = Set.copyOf(allow);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a phone's file.
     *
     * @throws org.bellwire.api.CfgException naming every fault
     */
    static PhoneSettings parse(String file, PhoneId id, Map<String, ?> properties) {
        Cfg cfg = Cfg.of(file, properties);
        Optional<String> vendor = cfg.text("vendor").map(v -> v.toLowerCase(Locale.ROOT));
        if (vendor.isEmpty()) {
            cfg.fault("vendor", "is missing: name the phone's vendor; phone:vendors lists those installed");
        }
        Optional<String> host = cfg.parsed("host", PhoneSettings::host, "a host name or an address without http://");
        PhoneSettings settings = new PhoneSettings(
                id,
                vendor.orElse(""),
                cfg.text("name", id.value()),
                cfg.parsed("mac", Mac::parse, "a MAC address such as 00:1f:c1:1a:8b:6c"),
                host,
                cfg.text("port").map(any -> cfg.integer("port", 0, 1, 65535)),
                cfg.parsed("scheme", form(Pattern.compile("https?"))::find, "http or https"),
                cfg.text("user"),
                cfg.secret("password"),
                cfg.secret("api.token"),
                cfg.text("account"),
                cfg.parsed("outgoing.uri", form(URI)::find, "a SIP address such as 3@192.168.20.22"),
                cfg.parsed("token", form(TOKEN)::find, "22 to 128 of A-Z a-z 0-9 . _ ~ -")
                        .map(Secret::new),
                cfg.parsed(
                        "tls.pin", PhoneSettings::pin, "the SHA-256 of the phone's certificate: 64 hexadecimal digits"),
                allowed(cfg),
                cfg.integer("probe.s", 60, 0, 86_400),
                unknownKeys(properties));
        cfg.check();
        return settings;
    }

    private static Optional<String> host(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return Optional.of(bare).filter(h -> HOST.matcher(h).matches());
    }

    private static Optional<String> pin(String text) {
        String digits = text.replace(":", "").toLowerCase(Locale.ROOT).replaceFirst("^sha-?256[/=]?", "");
        return Optional.of(digits).filter(d -> d.matches("[0-9a-f]{64}"));
    }

    private static Set<CommandName> allowed(Cfg cfg) {
        Set<CommandName> allowed = EnumSet.noneOf(CommandName.class);
        for (String item : cfg.list("allow")) {
            CommandName.ofWire(item.toLowerCase(Locale.ROOT))
                    .ifPresentOrElse(allowed::add, () -> cfg.fault("allow", "there is no command '" + item + "'"));
        }
        return allowed;
    }

    private static List<String> unknownKeys(Map<String, ?> properties) {
        List<String> unknown = new ArrayList<>();
        for (String key : new TreeSet<>(properties.keySet())) {
            if (!FOREIGN.matcher(key).lookingAt() && !KEYS.contains(key)) {
                unknown.add(key + ": no such key, it is ignored");
            }
        }
        return unknown;
    }

    private static Form form(Pattern pattern) {
        return text -> Optional.of(text).filter(t -> pattern.matcher(t).matches());
    }

    private interface Form {
        Optional<String> find(String text);
    }
}
