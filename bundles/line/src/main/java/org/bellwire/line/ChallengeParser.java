package org.bellwire.line;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the challenges in one value of {@code WWW-Authenticate} (RFC 7235), with whatever blanks and commas stand between and
 * whatever is missing. Passes over each character once: a phone may send anything, and all phones wait meanwhile.
 */
final class ChallengeParser {

    /** A longer challenge is left out. */
    static final int MAX_CHARACTERS = 4096;

    static final int MAX_CHALLENGES = 16;
    private static final String PUNCTUATION = "!#$%&'*+-.^_`|~";

    private final String text;
    private final List<Challenge> found = new ArrayList<>();
    private int at;
    private int start;
    private String scheme = "";
    private Map<String, String> parameters = new LinkedHashMap<>();
    private boolean cut;

    ChallengeParser(String text) {
        this.text = text;
    }

    List<Challenge> parse() {
        while (at < text.length() && !(cut && found.size() >= MAX_CHALLENGES)) {
            if (isToken(text.charAt(at))) {
                word();
            } else {
                at++;
            }
        }
        end(at);
        return found;
    }

    /** There were more or longer ones than are read. */
    boolean isCut() {
        return cut;
    }

    /** A parameter if an equals sign follows, else the name of a scheme. */
    private void word() {
        int from = at;
        String name = token();
        int after = at;
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '=') {
            at++;
            parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value());
            return;
        }
        boolean directly = !scheme.isEmpty()
                && parameters.isEmpty()
                && text.substring(start, from).strip().equals(scheme);
        if (directly) {
            // Neither name nor parameter: the one long word that Negotiate and the like have.
            skipTo(',');
            return;
        }
        end(from);
        start = from;
        scheme = text.substring(from, after);
    }

    private void end(int where) {
        if (!scheme.isEmpty()) {
            if (where - start > MAX_CHARACTERS || found.size() >= MAX_CHALLENGES) {
                cut = true;
            } else {
                found.add(new Challenge(scheme, parameters));
            }
        }
        parameters = new LinkedHashMap<>();
    }

    private String token() {
        int from = at;
        while (at < text.length() && isToken(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private String value() {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int from = at;
        while (at < text.length() && text.charAt(at) > ' ' && ",\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    /** Up to the next quote that no backslash stands before; without one, all that is left. */
    private String quoted() {
        at++;
        int from = at;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' && at + 1 < text.length() ? 2 : 1;
        }
        String inside = text.substring(from, at);
        at++;
        return inside;
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private void skipTo(char c) {
        while (at < text.length() && text.charAt(at) != c) {
            at++;
        }
    }

    private static boolean isToken(char c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || PUNCTUATION.indexOf(c) >= 0;
    }
}
