package org.bellwire.line;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One authentication challenge of {@code WWW-Authenticate}.
 *
 * @param scheme as the phone writes it
 * @param parameters by their names in lower case; what stood in quotes is without these, but not unescaped
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final int SHOWN = 40;
    private static final String SESSION = "-sess";
    private static final Pattern COMMA = Pattern.compile(",");

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    boolean isBasic() {
        return scheme.equalsIgnoreCase("Basic");
    }

    boolean isDigest() {
        return scheme.equalsIgnoreCase("Digest");
    }

    /** The phone takes hashes of user names as well. */
    boolean offersUserHash() {
        return is("userhash", "true");
    }

    /** Present if it is Digest in a form that can be answered here. */
    Optional<DigestChallenge> digest() {
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(isSession() ? bare() : algorithm());
        if (!isDigest() || algorithm.isEmpty() || lack().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new DigestChallenge(
                value("realm"),
                value("nonce"),
                Optional.ofNullable(parameters.get("opaque")),
                hasAuth(),
                new DigestChallenge.Form(algorithm.get(), isSession(), is("stale", "true"), is("charset", "UTF-8"))));
    }

    /** For a person: what the phone asks for. */
    String shown() {
        if (!isDigest()) {
            return plain(scheme);
        }
        return DigestAlgorithm.of(isSession() ? bare() : algorithm()).isEmpty()
                ? "Digest with algorithm " + plain(algorithm())
                : "Digest" + lack().map(what -> " " + what).orElse("");
    }

    private Optional<String> lack() {
        if (!parameters.containsKey("realm")) {
            return Optional.of("without a realm");
        }
        if (value("nonce").isEmpty()) {
            return Optional.of("without a nonce");
        }
        return hasAuth() || value("qop").isBlank() ? Optional.empty() : Optional.of("with qop=" + plain(value("qop")));
    }

    private boolean hasAuth() {
        return COMMA.splitAsStream(value("qop")).map(String::strip).anyMatch("auth"::equalsIgnoreCase);
    }

    private String algorithm() {
        return parameters.getOrDefault("algorithm", DigestAlgorithm.MD5.wire());
    }

    private boolean isSession() {
        String name = algorithm();
        return name.regionMatches(true, name.length() - SESSION.length(), SESSION, 0, SESSION.length());
    }

    private String bare() {
        return algorithm().substring(0, algorithm().length() - SESSION.length());
    }

    private boolean is(String name, String value) {
        return value(name).strip().equalsIgnoreCase(value);
    }

    private String value(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** What a phone sends may be anything; this may stand in a message. */
    private static String plain(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().filter(c -> c > ' ' && c < 0x7F).limit(SHOWN).forEach(c -> out.append((char) c));
        return out.toString();
    }
}
