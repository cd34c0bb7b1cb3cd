package org.bellwire.api.spi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds objects in a phone's answer, each as its fields: enough for lists of lines, accounts, switches and events. It is no parser:
 * whatever is no such object is passed over, and any text is stood, in one pass. Strings stand without their quotes, the rest as it
 * is written; of a list of values the first counts.
 */
public final class FlatJson {

    private static final int MAX_DEPTH = 32;

    private final String text;
    private final Optional<String> wanted;
    private final List<Map<String, String>> objects = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private int tooDeep;
    private String name = "";
    private int at;

    /** An object or a list that has not ended yet. */
    private static final class Open {
        private final boolean list;
        private final String heldBy;
        private final Map<String, String> fields = new LinkedHashMap<>();
        private boolean flat = true;

        Open(boolean list, String heldBy) {
            this.list = list;
            this.heldBy = heldBy;
        }
    }

    private FlatJson(String text, Optional<String> wanted) {
        this.text = text;
        this.wanted = wanted;
    }

    /** The objects that hold no other, in order. */
    public static List<Map<String, String>> objects(String text) {
        return new FlatJson(text, Optional.empty()).read();
    }

    /**
     * The objects with this field, in the order in which they end. The fields of objects in them have the name of what holds those
     * before their own, and a dot: {@code params.key}.
     */
    public static List<Map<String, String>> holding(String field, String text) {
        return new FlatJson(text, Optional.of(field)).read();
    }

    /** Whatever was begun in it is ended: it was not cut. Signs in strings count for nothing, since callers choose their names. */
    public static boolean isWhole(String text) {
        FlatJson reader = new FlatJson(text, Optional.empty());
        reader.read();
        return reader.open.isEmpty() && reader.tooDeep == 0 && reader.at == text.length();
    }

    private List<Map<String, String>> read() {
        while (at < text.length()) {
            take(text.charAt(at++));
        }
        return objects;
    }

    private void take(char c) {
        switch (c) {
            case '{', '[' -> begin(c == '[');
            case '}', ']' -> end(c == ']');
            case '"' -> {
                String word = string();
                if (follows(':')) {
                    name = word;
                } else {
                    put(word);
                }
            }
            default -> {
                if (c == '-' || Character.isLetterOrDigit(c)) {
                    put(plain());
                }
            }
        }
    }

    private void begin(boolean list) {
        if (!list) {
            object().ifPresent(around -> around.flat = false);
        }
        if (open.size() == MAX_DEPTH) {
            tooDeep++;
            return;
        }
        Open holder = open.peek();
        String heldBy = name.isEmpty() && holder != null && holder.list ? holder.heldBy : name;
        open.push(new Open(list, heldBy));
        name = "";
    }

    private void end(boolean list) {
        if (tooDeep > 0) {
            tooDeep--;
            return;
        }
        Open last = open.peek();
        if (last == null || last.list != list) {
            return;
        }
        open.pop();
        name = "";
        if (list) {
            return;
        }
        if (wanted.map(last.fields::containsKey).orElse(last.flat)) {
            objects.add(last.fields);
        } else if (wanted.isPresent()) {
            object().ifPresent(around ->
                    last.fields.forEach((field, value) -> around.fields.putIfAbsent(last.heldBy + "." + field, value)));
        }
    }

    /** The innermost object. */
    private Optional<Open> object() {
        return open.stream().filter(one -> !one.list).findFirst();
    }

    private void put(String value) {
        Open last = open.peek();
        String field = last != null && last.list ? last.heldBy : name;
        if (!field.isEmpty() && tooDeep == 0) {
            object().ifPresent(around -> around.fields.putIfAbsent(field, value));
        }
        name = "";
    }

    private boolean follows(char sign) {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() && text.charAt(at) == sign;
    }

    private String plain() {
        int begin = at - 1;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(begin, at);
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        char c = at < text.length() ? text.charAt(at++) : ' ';
        if (c == 'u' && at + 4 <= text.length() && text.substring(at, at + 4).matches("[0-9A-Fa-f]{4}")) {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        return switch (c) {
            case 'n', 'r', 't', 'b', 'f' -> ' ';
            default -> c;
        };
    }
}
