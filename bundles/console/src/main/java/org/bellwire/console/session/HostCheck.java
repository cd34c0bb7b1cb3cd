package org.bellwire.console.session;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bellwire.api.config.IpLiteral;
import org.bellwire.console.http.PageRequest;

/**
 * Where a request may come from. A page of another site can send its reader's browser here under a name that it controls (DNS
 * rebinding), but not under an address or a name of this machine: so only those are answered.
 */
final class HostCheck {

    private final Set<String> names = new TreeSet<>(Set.of("localhost"));

    HostCheck(String host) {
        names.add(host.toLowerCase(Locale.ROOT));
        try {
            String own = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            names.add(own);
            names.add(own + ".local");
        } catch (UnknownHostException e) {
            names.add("localhost"); // it has no name, so nobody uses it
        }
    }

    boolean isOurs(PageRequest request) {
        String host = name(request.header("Host").orElse(""));
        return names.contains(host) || IpLiteral.parse(host).isPresent();
    }

    /** The request's page is one of this server, as far as the browser tells. */
    boolean isSameOrigin(PageRequest request, boolean mustTell) {
        Optional<String> origin = request.header("Origin");
        if (origin.isEmpty()) {
            return !mustTell && !isCrossSite(request);
        }
        String own = request.header("Host").orElse("").toLowerCase(Locale.ROOT);
        String told = origin.get().toLowerCase(Locale.ROOT);
        return !isCrossSite(request) && (told.equals("http://" + own) || told.equals("https://" + own));
    }

    private static boolean isCrossSite(PageRequest request) {
        return request.header("Sec-Fetch-Site").filter(HostCheck::isOther).isPresent();
    }

    private static boolean isOther(String site) {
        return site.equals("cross-site") || site.equals("same-site");
    }

    /** Without the port, and without the brackets of IPv6. */
    private static String name(String authority) {
        String lower = authority.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[")) {
            int end = lower.indexOf(']');
            return end < 0 ? lower : lower.substring(1, end);
        }
        int colon = lower.indexOf(':');
        return colon < 0 ? lower : lower.substring(0, colon);
    }
}
