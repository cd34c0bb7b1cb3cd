package org.bellwire.line;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.bellwire.api.spi.PhoneRequest.Method;

/**
 * A phone's Digest challenge (RFC 7616) that can be answered: with {@code qop=auth} or none. {@code qop} and {@code nc} are not
 * quoted, which the RFC forbids and small servers refuse.
 *
 * @param realm as it stands in quotes, and so {@code nonce} and {@code opaque}
 */
record DigestChallenge(String realm, String nonce, Optional<String> opaque, boolean qop, Form form) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Its lesser points.
     *
     * @param session the hash of the password is hashed once more with both nonces
     * @param stale the last answer was right but for its nonce
     * @param utf8 names may hold more than ASCII
     */
    record Form(DigestAlgorithm algorithm, boolean session, boolean stale, boolean utf8) {
        String wire() {
            return session ? algorithm.wire() + "-sess" : algorithm.wire();
        }
    }

    /** The value of {@code Authorization} for a request of this target. */
    String answer(String user, String password, Method method, String target) {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return answer(user, password, method, target, HexFormat.of().formatHex(random));
    }

    String answer(String user, String password, Method method, String target, String cnonce) {
        DigestAlgorithm algorithm = form.algorithm();
        String login = algorithm.hash(user + ":" + unescaped(realm) + ":" + password);
        String who = form.session() ? algorithm.hash(login + ":" + nonce + ":" + cnonce) : login;
        String what = algorithm.hash(method + ":" + target);
        String counted = qop ? ":00000001:" + cnonce + ":auth:" : ":";
        StringBuilder out = new StringBuilder("Digest ")
                .append(name(user))
                .append(", realm=\"")
                .append(realm)
                .append("\", nonce=\"")
                .append(nonce)
                .append("\", uri=\"")
                .append(target)
                .append("\", algorithm=")
                .append(form.wire())
                .append(", response=\"")
                .append(algorithm.hash(who + ":" + nonce + counted + what))
                .append('"');
        if (qop) {
            out.append(", qop=auth, nc=00000001");
        }
        if (qop || form.session()) {
            out.append(", cnonce=\"").append(cnonce).append('"');
        }
        opaque.ifPresent(value -> out.append(", opaque=\"").append(value).append('"'));
        return out.toString();
    }

    private String name(String user) {
        if (form.utf8() && !user.chars().allMatch(c -> c < 0x80)) {
            StringBuilder out = new StringBuilder("username*=UTF-8''");
            for (byte b : user.getBytes(StandardCharsets.UTF_8)) {
                boolean plain = b > 0 && Character.isLetterOrDigit(b);
                out.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xFF));
            }
            return out.toString();
        }
        return "username=\"" + user.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String unescaped(String quoted) {
        StringBuilder out = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            boolean escape = quoted.charAt(i) == '\\' && i + 1 < quoted.length();
            out.append(quoted.charAt(escape ? ++i : i));
        }
        return out.toString();
    }
}
