package org.bellwire.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a configuration file's values and collects what is wrong with them. Values are trimmed, an empty one counts as absent,
 * and UTF-8 that was read as Latin-1 is mended. Ask for every key first, then call {@link #check()}: one exception names
 * every fault.
 */
public final class Cfg {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\[(env|secret):[\\w.-]+]");

    private final String file;
    private final Map<String, ?> properties;
    private final List<String> faults = new ArrayList<>();

    private Cfg(String file, Map<String, ?> properties) {
        this.file = file;
        this.properties = properties;
    }

    /** Reads the properties of a file, such as {@code org.bellwire.mqtt.cfg}. */
    public static Cfg of(String file, Map<String, ?> properties) {
        return new Cfg(file, properties);
    }

    /** The value, if the file has one. */
    public Optional<String> text(String key) {
        Object value = properties.get(key);
        if (value == null || mend(value.toString()).isBlank()) {
            return Optional.empty();
        }
        String text = mend(value.toString()).strip();
        if (text.startsWith("$[")) {
            String shown = !isSecret(key) || PLACEHOLDER.matcher(text).matches() ? text : "the value";
            fault(key, shown + " stands for nothing: there is no such secret file or environment variable");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    public String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    public Optional<Secret> secret(String key) {
        return text(key).map(Secret::new);
    }

    /** A whole number within bounds. */
    public int integer(String key, int otherwise, int min, int max) {
        return parsed(
                        key,
                        text -> {
                            int number = Integer.parseInt(text);
                            return number < min || number > max ? Optional.empty() : Optional.of(number);
                        },
                        "a whole number from " + min + " to " + max)
                .orElse(otherwise);
    }

    /** Items separated by commas. */
    public List<String> list(String key) {
        return text(key).stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /**
     * A value of a form of its own.
     *
     * @param expected what the message says that the value must be
     */
    public <T> Optional<T> parsed(String key, Function<String, Optional<T>> parser, String expected) {
        return parsed(key, parser, expected, isSecret(key));
    }

    /**
     * As {@link #parsed(String, Function, String)}.
     *
     * @param hidden a wrong value is not shown, for it may be a secret in the wrong place
     */
    <T> Optional<T> parsed(String key, Function<String, Optional<T>> parser, String expected, boolean hidden) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> value;
        try {
            value = parser.apply(text.get());
        } catch (IllegalArgumentException e) {
            value = Optional.empty();
        }
        if (value.isEmpty()) {
            fault(key, "must be " + expected + (hidden ? "" : ", not '" + text.get() + "'"));
        }
        return value;
    }

    /** Notes a fault that only the caller can see. */
    public void fault(String key, String reason) {
        faults.add(key + ": " + reason);
    }

    /** Throws if anything asked so far was wrong. */
    public void check() {
        if (!faults.isEmpty()) {
            throw new CfgException(file, faults);
        }
    }

    private static boolean isSecret(String key) {
        return key.contains("token") || key.contains("password");
    }

    private static String mend(String text) {
        if (text.chars().allMatch(c -> c < 0x80) || text.chars().anyMatch(c -> c > 0xFF)) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }
}
