package org.bellwire.line;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phone's Digest challenge (RFC 7616): MD5, with {@code qop=auth} or none. Jetty's own answer quotes {@code qop} and
 * {@code nc}, which the RFC forbids and small servers refuse.
 */
record DigestChallenge(String realm, String nonce, Optional<String> opaque, boolean qop) {

    private static final Pattern START = Pattern.compile("(?i)(?:^|,)\\s*Digest\\s+");
    private static final Pattern PARAMETER =
            Pattern.compile("\\G\\s*,?\\s*(\\w+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Reads a value of {@code WWW-Authenticate}; empty if it asks for no Digest that is understood here. */
    static Optional<DigestChallenge> parse(String header) {
        Matcher start = START.matcher(header);
        if (!start.find()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher parameter = PARAMETER.matcher(header.substring(start.end()));
        while (parameter.find()) {
            String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
            parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
        }
        String qop = parameters.getOrDefault("qop", "");
        boolean auth = Pattern.compile("\\s*,\\s*").splitAsStream(qop).anyMatch("auth"::equalsIgnoreCase);
        boolean understood = parameters.getOrDefault("algorithm", "MD5").equalsIgnoreCase("MD5")
                && parameters.containsKey("realm")
                && !parameters.getOrDefault("nonce", "").isEmpty()
                && (auth || qop.isEmpty());
        return understood
                ? Optional.of(new DigestChallenge(
                        parameters.getOrDefault("realm", ""),
                        parameters.getOrDefault("nonce", ""),
                        Optional.ofNullable(parameters.get("opaque")),
                        auth))
                : Optional.empty();
    }

    /** The value of {@code Authorization} for a GET of this target. */
    String answer(String user, String password, String target) {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return answer(user, password, target, HexFormat.of().formatHex(random));
    }

    String answer(String user, String password, String target, String cnonce) {
        String who = md5(user + ":" + unescaped(realm) + ":" + password);
        String what = md5("GET:" + target);
        String counted = qop ? ":00000001:" + cnonce + ":auth:" : ":";
        StringBuilder out = new StringBuilder("Digest username=\"")
                .append(user.replaceAll("([\"\\\\])", "\\\\$1"))
                .append("\", realm=\"")
                .append(realm)
                .append("\", nonce=\"")
                .append(nonce)
                .append("\", uri=\"")
                .append(target)
                .append("\", algorithm=MD5, response=\"")
                .append(md5(who + ":" + nonce + counted + what))
                .append('"');
        if (qop) {
            out.append(", qop=auth, nc=00000001, cnonce=\"").append(cnonce).append('"');
        }
        opaque.ifPresent(value -> out.append(", opaque=\"").append(value).append('"'));
        return out.toString();
    }

    private static String unescaped(String quoted) {
        return quoted.replaceAll("\\\\(.)", "$1");
    }

    private static String md5(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
