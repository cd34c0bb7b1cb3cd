package org.bellwire.console.view;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.bellwire.api.config.Secret;
import org.bellwire.api.config.SecretName;
import org.bellwire.api.spi.Credential;

/**
 * Request targets as the page may show them. Whatever may be a token or a password stands there as {@value #MASK}: rather too much
 * than one too few, since a refused request may hold a right token in a wrong place.
 */
public final class MaskedTarget {

    static final String MASK = "\u2022\u2022\u2022";

    private static final int LONGEST = 400;
    private static final int TOKEN_SEGMENT = 3;
    private static final int DECODINGS = 3;

    /** As long as a token, of its characters. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_.~-]{22,}+");
    /** But names of events are words with hyphens between them. */
    private static final Pattern WORDS = Pattern.compile("[A-Za-z]{1,16}(?:-[A-Za-z]{1,16})++");

    private static final Pattern USER_INFO = Pattern.compile("(//|sips?:)([^/@:?&\\s]*+):[^/@?&\\s]*+@");
    private static final Pattern NESTED = Pattern.compile("/(?:action|provision)/", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    /** The keys that a phone is told to press stand in a parameter of this name. */
    private static final String KEYS = "key";

    private final Supplier<Optional<Secret>> siteToken;

    /** @param siteToken which is not shown wherever it stands */
    public MaskedTarget(Supplier<Optional<Secret>> siteToken) {
        this.siteToken = siteToken;
    }

    /** What a phone asked for. The third part of the path is masked whatever the first is. */
    public String asked(byte[] raw) {
        return shown(text(raw), TOKEN_SEGMENT);
    }

    /** What goes to a phone; marks stand in it for credentials. */
    public String sent(String target) {
        String marked = target;
        for (Credential credential : Credential.values()) {
            marked = marked.replace(credential.mark(), MASK);
        }
        return shown(marked, 0);
    }

    private String shown(String target, int masked) {
        String clean = CONTROL.matcher(target).replaceAll(" ");
        int query = clean.indexOf('?');
        String path = query < 0 ? clean : clean.substring(0, query);
        String shown = path(path, masked) + (query < 0 ? "" : "?" + query(clean.substring(query + 1), masked));
        return shown.length() > LONGEST ? shown.substring(0, LONGEST) + " \u2026" : shown;
    }

    private String path(String path, int masked) {
        List<String> shown = new ArrayList<>();
        int number = 0;
        boolean whole = path.contains("://");
        for (String segment :
                USER_INFO.matcher(path).replaceAll("$1" + MASK + "@").split("/", -1)) {
            boolean host = whole && shown.size() <= 2;
            number += segment.isEmpty() || host ? 0 : 1;
            shown.add(!host && !segment.isEmpty() && number == masked ? MASK : value(segment));
        }
        return String.join("/", shown);
    }

    private String query(String query, int masked) {
        List<String> shown = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? "" : decoded(parameter.substring(0, equals));
            boolean secret = SecretName.isOne(name) && !(masked == 0 && name.equals(KEYS));
            shown.add(
                    equals < 0
                            ? value(parameter)
                            : value(parameter.substring(0, equals)) + "="
                                    + (secret ? MASK : value(parameter.substring(equals + 1))));
        }
        return String.join("&", shown);
    }

    private String value(String written) {
        String plain = decoded(written);
        boolean secret = TOKEN.matcher(plain).results().anyMatch(word -> !isWords(word.group()))
                || NESTED.matcher(plain).find()
                || USER_INFO.matcher(plain).find()
                || siteToken.get().map(Secret::reveal).filter(plain::contains).isPresent();
        return secret ? MASK : written;
    }

    private static boolean isWords(String text) {
        return WORDS.matcher(text).matches();
    }

    /** As often as it was encoded, since phones encode twice. */
    private static String decoded(String written) {
        String text = written;
        for (int i = 0; i < DECODINGS && text.indexOf('%') >= 0; i++) {
            text = text(once(text));
        }
        return text;
    }

    private static byte[] once(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            out.put(low >= 0 ? (byte) (high << 4 | low) : bytes[i]);
            i += low >= 0 ? 2 : 0;
        }
        byte[] decoded = new byte[out.position()];
        out.flip().get(decoded);
        return decoded;
    }

    private static String text(byte[] raw) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(raw, StandardCharsets.ISO_8859_1);
        }
    }
}
