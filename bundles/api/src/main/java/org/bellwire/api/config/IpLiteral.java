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
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?");

    private IpLiteral() {}

    public static boolean isOne(String text) {
        return parse(text).isPresent();
    }

    public static Optional<InetAddress> parse(String text) {
        if (text.length() > 64
                || !(V4.matcher(text).matches() || V6.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
