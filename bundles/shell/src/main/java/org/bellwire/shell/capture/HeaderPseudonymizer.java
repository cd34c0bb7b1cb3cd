package org.bellwire.shell.capture;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A header line: what is of use stays, addresses are made up, and of all others only the name stays. */
final class HeaderPseudonymizer {

    static final String LEFT_OUT = "(left out)";

    private static final Set<String> PLAIN = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "allow",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "date",
            "expires",
            "keep-alive",
            "pragma",
            "server",
            "transfer-encoding",
            "user-agent");

    /** How a MAC address stands among a phone's model and firmware. */
    private static final Pattern LONG_HEX = Pattern.compile("(?<![0-9A-Za-z])[0-9A-Fa-f]{12}(?![0-9A-Za-z])");

    private static final Pattern QUOTED =
            Pattern.compile("(?i)(realm|nonce|opaque|domain)(\\s*=\\s*)(\"[^\"]*\"|[^,\\s]*)");
    private static final Pattern COOKIE = Pattern.compile("([^=;,\\s]+)=[^;]*");

    private final ValuePseudonymizer values;
    private final Pseudonyms pseudonyms;
    private final TargetPseudonymizer targets;

    HeaderPseudonymizer(ValuePseudonymizer values, Pseudonyms pseudonyms, TargetPseudonymizer targets) {
        this.values = values;
        this.pseudonyms = pseudonyms;
        this.targets = targets;
    }

    /** A line without its end. */
    String of(String line) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            return values.text(line);
        }
        String name = line.substring(0, colon);
        return name + ":" + value(name.strip().toLowerCase(Locale.ROOT), line.substring(colon + 1));
    }

    private String value(String name, String value) {
        if (PLAIN.contains(name)) {
            return LONG_HEX.matcher(value).replaceAll(found -> Matcher.quoteReplacement(pseudonyms.mac(found.group())));
        }
        return switch (name) {
            case "host", "x-forwarded-for" -> values.text(value);
            case "location", "referer" -> " " + targets.of(value.strip());
            case "authorization", "proxy-authorization" -> " " + scheme(value) + LEFT_OUT;
            case "www-authenticate", "proxy-authenticate" -> challenge(value);
            case "cookie" -> " " + LEFT_OUT;
            case "set-cookie" -> COOKIE.matcher(value).replaceFirst("$1=" + LEFT_OUT);
            default -> " " + LEFT_OUT;
        };
    }

    private static String scheme(String value) {
        String word = value.strip().split("\\s", 2)[0];
        return word.matches("(?i)basic|digest|bearer") ? word + " " : "";
    }

    private String challenge(String value) {
        return QUOTED.matcher(value).replaceAll(found -> {
            String kind = found.group(1).toLowerCase(Locale.ROOT);
            String told = found.group(3);
            String other = kind.equals("realm") || kind.equals("domain") ? values.text(told) : hidden(told);
            return Matcher.quoteReplacement(found.group(1) + found.group(2) + other);
        });
    }

    /** As long as before, so that it can be seen what a phone's nonces are like. */
    private String hidden(String told) {
        return told.replaceAll("[0-9A-Za-z]", "x");
    }
}
