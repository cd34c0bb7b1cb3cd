package org.bellwire.api.spi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what phones write for a party: {@code sip:42@10.0.0.9;user=phone}, {@code "Peter" <sip:42@host>}, {@code 42@host},
 * {@code 42}; and for a name: {@code "Michael D785" (420)}.
 */
final class SipAddress {

    private static final Pattern ANGLE = Pattern.compile("<\\s*([^<>]*?)\\s*>");
    private static final Pattern SCHEME = Pattern.compile("(?i)^(sips?|tel):(//)?");
    private static final Pattern QUOTED = Pattern.compile("^\"(.*)\"(\\s*\\([^()]*\\))?$");

    private SipAddress() {}

    /** The user part, without scheme, host and parameters. */
    static Optional<String> user(String text) {
        String rest = text.strip();
        Matcher angle = ANGLE.matcher(rest);
        if (angle.find()) {
            rest = angle.group(1);
        }
        rest = SCHEME.matcher(rest).replaceFirst("");
        int end = rest.indexOf('@');
        if (end < 0 && rest.startsWith("[")) {
            return Optional.empty(); // an IPv6 host without a user
        }
        if (end < 0) {
            end = firstOf(rest, ";?");
        }
        String user = end < 0 ? rest : rest.substring(0, end);
        int parameters = firstOf(user, ";");
        user = parameters < 0 ? user : user.substring(0, parameters);
        int password = user.indexOf(':');
        user = decode(password < 0 ? user : user.substring(0, password));
        user = user.replaceAll("[\\s\"<>()/]", "");
        return user.isEmpty() ? Optional.empty() : Optional.of(user);
    }

    /** A display name without its quotes and without the number that some phones put behind it. */
    static Optional<String> name(String text) {
        Matcher quoted = QUOTED.matcher(text.strip());
        String name = (quoted.matches() ? quoted.group(1) : text).strip();
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    private static int firstOf(String text, String any) {
        for (int i = 0; i < text.length(); i++) {
            if (any.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static String decode(String user) {
        if (user.indexOf('%') < 0) {
            return user;
        }
        try {
            return URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return user;
        }
    }
}
