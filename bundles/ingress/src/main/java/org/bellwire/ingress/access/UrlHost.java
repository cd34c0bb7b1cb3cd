package org.bellwire.ingress.access;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.IpLiteral;

/**
 * Where phones are told to report to, if that is not this machine: a balancer, a virtual address, a name.
 *
 * @param host as it stands in a URL: an address of IPv6 in brackets
 * @param port empty: the one that is listened on
 */
public record UrlHost(String host, Optional<Integer> port) {

    /** A URL of a phone is short, and what a host is longer by, it loses in variables at its end. */
    private static final int MAX_HOST = 100;

    private static final int MAX_PORT = 65_535;
    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");

    /** Reads a file; empty without the key, or if its value is wrong, which is noted there. */
    public static Optional<UrlHost> read(Cfg cfg) {
        return cfg.parsed(
                "url.host",
                UrlHost::parse,
                "a host name or an address, with a port if it is another one: phones.example.org, 192.168.1.9:80 or"
                        + " [fd00::9]:8087");
    }

    static Optional<UrlHost> parse(String text) {
        if (text.length() > MAX_HOST) {
            return Optional.empty();
        }
        boolean bare = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
        Matcher parts = FORM.matcher(bare ? inUrl(text) : text);
        if (!parts.matches() || !isHost(parts.group(1))) {
            return Optional.empty();
        }
        Optional<Integer> port = Optional.ofNullable(parts.group(2)).map(Integer::parseInt);
        return port.filter(number -> number < 1 || number > MAX_PORT).isPresent()
                ? Optional.empty()
                : Optional.of(new UrlHost(parts.group(1), port));
    }

    /** What looks like an address has to be one. */
    private static boolean isHost(String host) {
        return host.startsWith("[")
                ? host.indexOf(':') > 0
                        && IpLiteral.parseWithoutZone(host.substring(1, host.length() - 1))
                                .isPresent()
                : IpLiteral.isOne(host) || !host.matches("[0-9.]+");
    }

    /** A host as it stands in a URL. */
    public static String inUrl(String host) {
        return host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]";
    }
}
