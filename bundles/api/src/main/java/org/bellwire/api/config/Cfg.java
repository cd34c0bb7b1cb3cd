package org.bellwire.api.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bellwire.api.runtime.LogText;

/**
 * Reads a configuration file's values and collects what is wrong with them. Values are trimmed, an empty one counts as absent,
 * UTF-8 that was read as Latin-1 is mended and a byte order mark before the first key is passed over. Ask for every key first,
 * then call {@link #check()}: one exception names every fault.
 */
public final class Cfg {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\[(env|secret):[\\w.-]+]");

    /** Keys that the container adds. */
    private static final Pattern FOREIGN = Pattern.compile("service\\.|felix\\.|component\\.|org\\.apache\\.");

    /** What a key may look like; anything else may be a secret in the wrong line, and is not repeated. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,40}");

    /** A byte order mark, and how it looks when it was read as Latin-1. */
    private static final List<String> MARKS = List.of("\uFEFF", "\u00EF\u00BB\u00BF");

    private static final int MAX_SHOWN = 80;
    private static final int MAX_UNKNOWN = 10;

    private final String file;
    private final Map<String, ?> properties;
    private final RenamedKeys renamed;
    private final Set<String> asked = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    private Cfg(String file, Map<String, ?> properties, RenamedKeys renamed) {
        this.file = file;
        this.properties = properties;
        this.renamed = renamed;
    }

    /** Reads the properties of a file, such as {@code org.bellwire.mqtt.cfg}. */
    public static Cfg of(String file, Map<String, ?> properties) {
        return of(file, properties, RenamedKeys.SHIPPED);
    }

    /** The same, with other keys that were renamed. */
    public static Cfg of(String file, Map<String, ?> properties, RenamedKeys renamed) {
        return new Cfg(file, withoutMark(properties), renamed);
    }

    /** An editor's byte order mark is not part of the first key; behind it may also stand a comment, or nothing. */
    private static Map<String, ?> withoutMark(Map<String, ?> properties) {
        for (String mark : MARKS) {
            for (String key : properties.keySet()) {
                if (key.startsWith(mark)) {
                    String bare = key.substring(mark.length());
                    Map<String, Object> mended = new TreeMap<>(properties);
                    Object value = mended.remove(key);
                    if (!bare.isEmpty() && bare.charAt(0) != '#' && bare.charAt(0) != '!') {
                        mended.putIfAbsent(bare, value);
                    }
                    return mended;
                }
            }
        }
        return properties;
    }

    /** The value, if the file has one. */
    public Optional<String> text(String key) {
        asked.add(key);
        Object value = properties.get(key);
        String text = value == null ? "" : mend(value.toString()).strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.startsWith("$[")) {
            String shown = !isSecret(key) || PLACEHOLDER.matcher(text).matches() ? shown(text) : "the value";
            fault(key, shown + " stands for nothing: there is no such secret file or environment variable");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    /** All values as the file has them, mended and trimmed, with placeholders as they stand there; empty ones left out. */
    public Map<String, String> raw() {
        Map<String, String> raw = new TreeMap<>();
        properties.forEach((key, value) -> {
            String text = mend(value.toString()).strip();
            if (!text.isEmpty()) {
                raw.put(key, text);
            }
        });
        return raw;
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

    /**
     * A folder. {@code data/…} is in Karaf's data folder and {@code etc/…} in its folder of configuration, wherever those are; any
     * other name begins in Karaf's own folder.
     *
     * @param otherwise such as {@code data/spool}
     */
    public Path folder(String key, String otherwise) {
        return parsed(key, text -> Optional.of(Path.of(text)), "the name of a folder")
                .or(() -> Optional.of(Path.of(otherwise)))
                .map(Cfg::resolve)
                .orElseThrow();
    }

    /** Where a file or folder is that a value names. A package of the system has etc and data elsewhere than the program. */
    static Path resolve(Path path) {
        for (String folder : List.of("data", "etc")) {
            String place = System.getProperty("karaf." + folder, "");
            if (!place.isEmpty() && path.startsWith(folder) && path.getNameCount() > 1) {
                return Path.of(place).resolve(path.subpath(1, path.getNameCount()));
            }
        }
        return Path.of(System.getProperty("karaf.base", "")).resolve(path).toAbsolutePath();
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
            fault(key, "must be " + expected + (hidden ? "" : ", not '" + shown(text.get()) + "'"));
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

    /**
     * The keys that nobody asked for so far, the container's own left out: each as {@code key: no such key, it is ignored}. Ask
     * for every key first.
     */
    public List<String> unknownKeys() {
        return unknownKeys(asked);
    }

    /** The same, of a file whose keys are known in another way. */
    public List<String> unknownKeys(Set<String> known) {
        List<String> unknown = properties.keySet().stream()
                .filter(key -> !known.contains(key) && !FOREIGN.matcher(key).lookingAt())
                .sorted()
                .map(key -> (KEY.matcher(key).matches() ? key : "a line that is no 'key = value'")
                        + ": no such key, it is ignored"
                        + renamed.advice(file, key).map(advice -> "; " + advice).orElse(""))
                .distinct()
                .toList();
        return CfgException.bounded(unknown, MAX_UNKNOWN, "keys that there are not");
    }

    /**
     * A file's value as a message may repeat it: cut, on one line, and without what stands before an {@code @}, which may be a
     * password.
     */
    public static String shown(String value) {
        int at = value.lastIndexOf('@');
        String open = at < 0 ? value : "..." + value.substring(at);
        return LogText.clean(open, MAX_SHOWN);
    }

    private static boolean isSecret(String key) {
        return key.contains("token") || key.contains("password");
    }

    /** A loop, not a stream: each key of ten thousand phones' files comes here. */
    private static String mend(String text) {
        int bits = 0;
        for (int i = 0; i < text.length(); i++) {
            bits |= text.charAt(i);
        }
        if (bits < 0x80 || bits > 0xFF) { // plain ASCII, or not read as Latin-1
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
