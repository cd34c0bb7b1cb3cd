package org.bellwire.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellwire.simulator.WebRequest.Request;

/** Digest as phones ask for it: MD5 with {@code qop=auth}, and a nonce that lasts as long as the phone is on. */
final class DigestCheck {

    private static final String REALM = "phone";
    private static final Pattern FIELD = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s]+))");

    private final String user;
    private final String password;
    private final String nonce;

    DigestCheck(String user, String password) {
        this.user = user;
        this.password = password;
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        nonce = HexFormat.of().formatHex(random);
    }

    /** The header that asks for it. */
    String challenge() {
        return "WWW-Authenticate: Digest realm=\"" + REALM + "\", nonce=\"" + nonce + "\", qop=\"auth\", algorithm=MD5";
    }

    /** The request shows that its sender knows the password. */
    boolean isRight(Request request) {
        Optional<String> shown = request.header("authorization").filter(header -> header.startsWith("Digest "));
        if (shown.isEmpty()) {
            return false;
        }
        Map<String, String> fields = fields(shown.get());
        String uri = fields.getOrDefault("uri", "");
        String response = hash(hash(user + ":" + REALM + ":" + password) + ":" + nonce + ":"
                + fields.getOrDefault("nc", "") + ":" + fields.getOrDefault("cnonce", "") + ":"
                + fields.getOrDefault("qop", "") + ":" + hash(request.method() + ":" + uri));
        return uri.equals(request.target())
                && user.equals(fields.get("username"))
                && nonce.equals(fields.get("nonce"))
                && response.equals(fields.get("response"));
    }

    private static Map<String, String> fields(String header) {
        Map<String, String> fields = new HashMap<>();
        Matcher field = FIELD.matcher(header);
        while (field.find()) {
            fields.put(field.group(1), Optional.ofNullable(field.group(2)).orElse(field.group(3)));
        }
        return fields;
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
