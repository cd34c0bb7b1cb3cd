package org.bellwire.api.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds in a phone's answer the objects that hold no other, each as its fields: enough for lists of lines, accounts and switches.
 * It is no parser: whatever is no such object is passed over, and any text is stood, in one pass.
 */
public final class FlatJson {

    private final String text;
    private final List<Map<String, String>> objects = new ArrayList<>();
    private Map<String, String> fields = new LinkedHashMap<>();
    private String name = "";
    private boolean flat;
    private int at;

    private FlatJson(String text) {
        this.text = text;
    }

    /** The fields of each object in order, strings without their quotes, the rest as it is written. */
    public static List<Map<String, String>> objects(String text) {
        FlatJson json = new FlatJson(text);
        while (json.at < text.length()) {
            json.take(text.charAt(json.at++));
        }
        return json.objects;
    }

    private void take(char c) {
        switch (c) {
            case '{' -> {
                fields = new LinkedHashMap<>();
                flat = true;
                name = "";
            }
            case '}' -> {
                if (flat) {
                    objects.add(fields);
                }
                flat = false;
            }
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

    private void put(String value) {
        if (flat && !name.isEmpty()) {
            fields.putIfAbsent(name, value);
            name = "";
        }
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
