package org.bellwire.ingress.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads addresses without ever asking a name server. */
public final class ForwardedAddress {

    /** Up to 255 each: Java takes anything else for a host's name and looks it up. */
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|[01]?\\d{1,2})";

    private static final Pattern FOUR = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern SIX =
            Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:]*(\\d{1,3}(\\.\\d{1,3}){3})?");

    /** Of somebody who cannot be told; in no network. */
    static final InetAddress UNKNOWN = new InetSocketAddress(0).getAddress();

    private ForwardedAddress() {}

    /** An IPv4 or IPv6 address, the latter without brackets and zone. */
    public static Optional<InetAddress> parse(String text) {
        if (text.length() > 45
                || !(FOUR.matcher(text).matches() || SIX.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** An address as proxies write it: maybe with brackets, a port, quotes. */
    static Optional<InetAddress> parseForwarded(String text) {
        String address = text.replace("\"", "").strip();
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            return end < 0 ? Optional.empty() : parse(address.substring(1, end));
        }
        int colon = address.indexOf(':');
        boolean port = colon >= 0 && colon == address.lastIndexOf(':');
        return parse(port ? address.substring(0, colon) : address);
    }
}
