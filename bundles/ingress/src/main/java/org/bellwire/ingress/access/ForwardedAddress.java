package org.bellwire.ingress.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.bellwire.api.config.IpLiteral;

/** Reads addresses without ever asking a name server. */
public final class ForwardedAddress {

    /** Of somebody who cannot be told; in no network. */
    static final InetAddress UNKNOWN = new InetSocketAddress(0).getAddress();

    private ForwardedAddress() {}

    /** An IPv4 or IPv6 address, the latter without brackets and zone. */
    public static Optional<InetAddress> parse(String text) {
        return IpLiteral.parseWithoutZone(text);
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
