package org.bellwire.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The variables of one action URL, as the phone filled them in: at most {@value #MAX_COUNT}, each cut at
 * {@value #MAX_LENGTH} characters, without control characters. Names match without case. A variable that the phone left
 * unfilled ({@code $remote}, {@code <$remote_party>}) is absent; of a repeated one the first counts.
 */
public final class Variables {

    public static final int MAX_COUNT = 32;
    public static final int MAX_LENGTH = 256;
    public static final Variables NONE = new Builder().build();

    private static final String AMPERSAND = "amp;";
    private static final Pattern UNFILLED = Pattern.compile("<?\\$[A-Za-z][A-Za-z0-9_-]*>?");

    private final Map<String, String> sent;
    private final Map<String, String> byName;

    private Variables(Map<String, String> sent, Map<String, String> byName) {
        this.sent = Collections.unmodifiableMap(sent);
        this.byName = byName;
    }

    /** The value of a variable; names match without case, and {@code user} is a short name of {@code active_user}. */
    public Optional<String> get(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Optional<String> value = Optional.ofNullable(byName.get(lower));
        return lower.equals("active_user") ? value.or(() -> Optional.ofNullable(byName.get("user"))) : value;
    }

    /** All variables in the order and under the names of the request. */
    public Map<String, String> asSent() {
        return sent;
    }

    /** These, and one more if it is not there yet. */
    public Variables with(String name, String value) {
        Builder builder = new Builder();
        sent.forEach(builder::add);
        return builder.add(name, value).build();
    }

    /** These, each found by a second name, too, where that one is not there: {@code phone_ip} as {@code ip}. */
    public Variables alsoNamed(Map<String, String> secondNames) {
        Map<String, String> all = new LinkedHashMap<>(byName);
        secondNames.forEach((theirs, ours) -> {
            String value = byName.get(theirs.toLowerCase(Locale.ROOT));
            if (value != null) {
                all.putIfAbsent(ours, value);
            }
        });
        return new Variables(sent, all);
    }

    @Override
    public String toString() {
        return "Variables" + byName.keySet();
    }

    /** Collects variables and keeps the bounds. */
    public static final class Builder {
        private final Map<String, String> sent = new LinkedHashMap<>();
        private final Map<String, String> byName = new LinkedHashMap<>();

        /** Adds one, unless it is unfilled, repeated or one too many. */
        public Builder add(String name, String value) {
            if (sent.size() >= MAX_COUNT || isUnfilled(value)) {
                return this;
            }
            String bare = withoutEntity(name);
            String plain = clean(bare.startsWith("$") ? bare.substring(1) : bare);
            String clean = clean(value);
            if (!plain.isEmpty() && byName.putIfAbsent(plain.toLowerCase(Locale.ROOT), clean) == null) {
                sent.put(plain, clean);
            }
            return this;
        }

        public Variables build() {
            return new Variables(new LinkedHashMap<>(sent), Map.copyOf(byName));
        }

        /** A URL that was copied from an XML text has its ampersands as entities there. */
        private static String withoutEntity(String name) {
            int begin = 0;
            while (name.regionMatches(true, begin, AMPERSAND, 0, AMPERSAND.length())) {
                begin += AMPERSAND.length();
            }
            return name.substring(begin);
        }

        private static boolean isUnfilled(String value) {
            return (value.startsWith("$") || value.startsWith("<$"))
                    && UNFILLED.matcher(value).matches();
        }

        private static String clean(String text) {
            boolean dirty = text.length() > MAX_LENGTH;
            for (int i = 0; !dirty && i < text.length(); i++) {
                dirty = Character.isISOControl(text.charAt(i)) || Character.isSurrogate(text.charAt(i));
            }
            if (!dirty) {
                return text;
            }
            StringBuilder out = new StringBuilder();
            text.codePoints()
                    .filter(c -> !Character.isISOControl(c) && !(c >= 0xD800 && c <= 0xDFFF))
                    .takeWhile(c -> out.length() + Character.charCount(c) <= MAX_LENGTH)
                    .forEach(out::appendCodePoint);
            return out.toString();
        }
    }
}
