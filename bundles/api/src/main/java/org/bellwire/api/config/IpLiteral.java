package org.bellwire.api.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses in digits. Never asks a name server. */
public final class IpLiteral {

    /** Up to 255 each: Java takes anything else for a host's name and looks it up. */
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|[01]?\\d{1,2})";

    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern SHORT_V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){0,3}");
    /** Anything else with a colon in it Java may look up, too. */
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?");

    private IpLiteral() {}

    public static boolean isOne(String text) {
        return parse(text).isPresent();
    }

    public static Optional<InetAddress> parse(String text) {
        return hasForm(text) ? read(text) : Optional.empty();
    }

    /** The same, but an IPv6 address says nothing of an interface of this machine: it has no {@code %eth0}. */
    public static Optional<InetAddress> parseWithoutZone(String text) {
        return text.indexOf('%') < 0 ? parse(text) : Optional.empty();
    }

    /** The same, but an IPv4 address may be short, such as {@code 127.1}, and one of IPv6 in the brackets of a URL. */
    public static Optional<InetAddress> parseLoosely(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String inner = bracketed ? text.substring(1, text.length() - 1) : text;
        return SHORT_V4.matcher(text).matches() ? read(text) : parseWithoutZone(inner);
    }

    /** What is like an address by its characters, right or wrong. No host has such a name. */
    public static boolean hasForm(String text) {
        return text.length() <= 64
                && (V4.matcher(text).matches() || V6.matcher(text).matches());
    }

    private static Optional<InetAddress> read(String text) {
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
