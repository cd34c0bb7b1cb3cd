package org.bellwire.shell.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.PhoneRequest;

/**
 * Requests and answers of one phone, with made-up numbers, names and addresses and without secrets: those that are known from
 * the start, and those that the messages themselves show to be some. Each character is a byte.
 */
final class MessagePseudonymizer {

    private static final Pattern TOKEN =
            Pattern.compile("(?:/|%2[fF])action(?:/|%2[fF])[a-z0-9]+(?:/|%2[fF])([A-Za-z0-9_~-]{8,})");
    private static final Pattern AUTHORIZATION =
            Pattern.compile("(?im)^authorization:\\s*(basic|bearer)\\s+([\\w+/=~.-]+)");
    private static final Pattern COOKIE = Pattern.compile("(?im)^(?:set-)?cookie:\\s*[^=;\\r\\n]+=([^;\\r\\n]+)");
    /** Shorter ones are words that may stand anywhere; their places are known. */
    private static final int SHORTEST = 4;

    private static final int MAX_SECRETS = 64;

    private final Set<String> secrets = new LinkedHashSet<>();
    private final Set<String> tokens = new LinkedHashSet<>();
    private final TargetPseudonymizer targets;
    private final HeaderPseudonymizer headers;
    private final BodyPseudonymizer bodies;
    private final ValuePseudonymizer values;

    /**
     * Those of one phone.
     *
     * @param mac 12 digits in lower case
     * @param siteToken what else may stand in a URL
     */
    MessagePseudonymizer(EventTable table, Optional<String> mac, Optional<String> siteToken, RandomGenerator random) {
        Pseudonyms pseudonyms = new Pseudonyms(random);
        values = new ValuePseudonymizer(new KeptWords(table), pseudonyms, mac);
        targets = new TargetPseudonymizer(values);
        headers = new HeaderPseudonymizer(values, pseudonyms, targets);
        bodies = new BodyPseudonymizer(values);
        siteToken.ifPresent(tokens::add);
    }

    /** A request: its line, its headers, and a body where there is one. */
    String request(String text) {
        learn(text);
        return message(text, this::requestLine);
    }

    String answer(String text) {
        learn(text);
        return message(text, line -> line.matches("HTTP/[0-9.]+ [0-9]{3}.*") ? line : values.text(line));
    }

    private interface FirstLine {
        String of(String line);
    }

    private String message(String text, FirstLine first) {
        Matcher end = Pattern.compile("\\r?\\n\\r?\\n").matcher(text);
        boolean whole = end.find();
        String head = whole ? text.substring(0, end.start()) : text;
        StringBuilder out = new StringBuilder(text.length());
        boolean begun = false;
        for (String line : head.split("(?<=\\n)")) {
            String bare = line.replaceFirst("\\r?\\n$", "");
            out.append(begun ? headers.of(bare) : first.of(bare)).append(line.substring(bare.length()));
            begun = true;
        }
        if (whole) {
            out.append(end.group()).append(body(text.substring(end.end())));
        }
        return withoutSecrets(out.toString());
    }

    private String requestLine(String line) {
        int begin = line.indexOf(' ');
        int end = line.lastIndexOf(' ');
        return begin < 1 || end <= begin
                ? values.text(line)
                : line.substring(0, begin + 1) + targets.of(line.substring(begin + 1, end)) + line.substring(end);
    }

    private String body(String raw) {
        byte[] bytes = raw.getBytes(ISO_8859_1);
        Charset charset = isUtf8(bytes) ? UTF_8 : ISO_8859_1;
        return new String(bodies.of(new String(bytes, charset)).getBytes(charset), ISO_8859_1);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private void learn(String text) {
        TOKEN.matcher(text).results().limit(MAX_SECRETS).forEach(found -> tokens.add(found.group(1)));
        COOKIE.matcher(text).results().limit(MAX_SECRETS).forEach(found -> secret(found.group(1)));
        AUTHORIZATION.matcher(text).results().limit(MAX_SECRETS).forEach(found -> {
            secret(found.group(2));
            if (found.group(1).equalsIgnoreCase("basic")) {
                password(found.group(2)).ifPresent(this::secret);
            }
        });
    }

    private static Optional<String> password(String basic) {
        try {
            String pair = new String(Base64.getDecoder().decode(basic), ISO_8859_1);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void secret(String text) {
        if (secrets.size() < MAX_SECRETS && text.strip().length() >= SHORTEST) {
            String utf8 = new String(text.strip().getBytes(ISO_8859_1), UTF_8);
            Stream.of(text.strip(), PhoneRequest.encode(utf8)).forEach(secrets::add);
        }
    }

    private String withoutSecrets(String text) {
        String out = text;
        for (String token : tokens) {
            out = out.replace(token, TargetPseudonymizer.TOKEN);
        }
        for (String secret : secrets) {
            out = out.replace(secret, ValuePseudonymizer.SECRET);
        }
        return out;
    }
}
