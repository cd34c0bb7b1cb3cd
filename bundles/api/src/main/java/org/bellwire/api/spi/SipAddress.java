package org.bellwire.api.spi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.bellwire.api.NumberText;

/**
 * Reads what phones write for a party: {@code sip:42@10.0.0.9;user=phone}, {@code "Peter" <sip:42@host>}, {@code 42@host},
 * {@code tel:863-1234}, {@code 42}; and for a name: {@code "Michael D785" (420)}. By hand and in one pass each, since callers
 * choose the text.
 */
final class SipAddress {

    private SipAddress() {}

    /** The user part, without scheme, host and parameters; a number in it without its separators. */
    static Optional<String> number(String text) {
        return read(text).map(NumberText::withoutSeparators).flatMap(SipAddress::plain);
    }

    /** The user part as it is, without scheme, host and parameters: an own account may have separators in its name. */
    static Optional<String> user(String text) {
        return read(text).flatMap(SipAddress::plain);
    }

    /** Empty where there is no user but only a host. */
    private static Optional<String> read(String text) {
        String address = address(NumberText.visible(text).strip());
        String scheme = scheme(address);
        String rest = address.substring(scheme.length());
        rest = !scheme.isEmpty() && rest.startsWith("//") ? rest.substring(2) : rest;
        String head = before(rest, ";?");
        int host = head.lastIndexOf('@'); // the user may hold one, the host cannot
        if (host < 0 && isHost(head, scheme)) {
            return Optional.empty();
        }
        String user = decode(before(host < 0 ? head : head.substring(0, host), ":"));
        boolean tel = scheme.equalsIgnoreCase("tel:"); // its standard calls these two separators
        return Optional.of(tel ? user.replace("-", "").replace(".", "") : user);
    }

    /** A display name without its quotes, the number that some phones put behind it, and marks that turn what follows. */
    static Optional<String> name(String text) {
        String all = withoutDirections(text).strip();
        String name = all;
        int bracket = all.endsWith(")") ? all.lastIndexOf('(') : -1;
        boolean plain = bracket > 0 && all.indexOf(')', bracket) == all.length() - 1;
        String before = plain ? all.substring(0, bracket).strip() : all;
        if (before.length() > 1 && before.startsWith("\"") && before.endsWith("\"")) {
            name = before.substring(1, before.length() - 1).strip();
        }
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /** What stands in angle brackets, or behind a quoted name. */
    private static String address(String text) {
        int open = openBracket(text);
        if (open >= 0) {
            int close = text.indexOf('>', open);
            return text.substring(open + 1, close < 0 ? text.length() : close).strip();
        }
        int quote = text.startsWith("\"") ? text.indexOf('"', 1) : -1;
        String behind = quote < 0 ? "" : text.substring(quote + 1).strip();
        return behind.isEmpty() ? text : behind;
    }

    /** The first one that no quoted name holds; the last one of all where a quote has no end. */
    private static int openBracket(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '<' && !quoted) {
                return i;
            }
        }
        return quoted ? text.lastIndexOf('<') : -1;
    }

    private static String scheme(String text) {
        for (String scheme : new String[] {"sip:", "sips:", "tel:"}) {
            if (text.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return text.substring(0, scheme.length());
            }
        }
        return "";
    }

    /** Without a user only a host is left; without a scheme, too, only an address in digits is one for sure. */
    private static boolean isHost(String text, String scheme) {
        int colon = text.indexOf(':');
        boolean many = colon >= 0 && text.indexOf(':', colon + 1) > 0;
        if (text.startsWith("[") || (many && isOf(before(text, "%"), "0123456789abcdef:."))) {
            return true;
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        boolean digits = isOf(host, "0123456789.");
        if (digits) {
            return host.chars().filter(c -> c == '.').count() == 3;
        }
        boolean sip = scheme.toLowerCase(Locale.ROOT).startsWith("sip");
        return sip && (colon >= 0 || host.indexOf('.') > 0 || host.equalsIgnoreCase("localhost"));
    }

    private static boolean isOf(String text, String allowed) {
        return text.chars().allMatch(c -> allowed.indexOf(Character.toLowerCase(c)) >= 0);
    }

    private static String before(String text, String any) {
        for (int i = 0; i < text.length(); i++) {
            if (any.indexOf(text.charAt(i)) >= 0) {
                return text.substring(0, i);
            }
        }
        return text;
    }

    /** What was hidden by percent signs counts, too. */
    private static String decode(String user) {
        if (user.indexOf('%') < 0) {
            return user;
        }
        try {
            return NumberText.visible(URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return user;
        }
    }

    private static Optional<String> plain(String user) {
        StringBuilder out = new StringBuilder(user.length());
        user.codePoints()
                .filter(c -> !Character.isISOControl(c) && !Character.isSpaceChar(c) && "\"<>()/".indexOf(c) < 0)
                .forEach(out::appendCodePoint);
        return out.isEmpty() ? Optional.empty() : Optional.of(out.toString());
    }

    private static String withoutDirections(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069)) {
                out.append(c);
            }
        }
        return out.toString();
    }
}
