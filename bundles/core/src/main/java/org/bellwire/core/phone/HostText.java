package org.bellwire.core.phone;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.IpLiteral;

/** What a phone's file says as its host: a name or an address, and nothing beside it. */
final class HostText {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}");
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9._-]{1,32}");
    /** With one colon only, or behind brackets: without these an IPv6 address may end in digits, too. */
    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^]]*]|[^:\\[\\]]*):(\\d{1,5})");

    private HostText() {}

    /** The host, IPv6 without brackets. */
    static Optional<String> parse(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        boolean right = bare.indexOf(':') < 0 ? NAME.matcher(bare).matches() : isV6(bare);
        return Optional.of(bare).filter(any -> right);
    }

    /** The zone is not looked for: its interface may come later. */
    private static boolean isV6(String text) {
        int percent = text.indexOf('%');
        String address = percent < 0 ? text : text.substring(0, percent);
        return IpLiteral.isOne(address)
                && (percent < 0 || ZONE.matcher(text.substring(percent + 1)).matches());
    }

    /** Why a text is no host. */
    static String fault(String text) {
        Matcher port = WITH_PORT.matcher(text);
        if (port.matches()) {
            return "must be a host name or an address alone, not '" + Cfg.shown(text)
                    + "': the port has a key of its own, port = " + port.group(2);
        }
        return "must be a host name or an address without http://, port, user or path, not '" + Cfg.shown(text) + "'";
    }
}
