package org.bellwire.core.files;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds where a backslash in a file of properties does what its author may not have meant: Java drops it, takes it for a tab, or
 * lets the line swallow the next one. Values are not shown, for they may be secrets.
 */
final class BackslashCheck {

    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
    private static final Pattern NEXT_KEY = Pattern.compile("[ \\t\\f]*([A-Za-z][A-Za-z0-9._-]{0,39})[ \\t]*=.*");
    private static final String KEY_END = "=: \t\f";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,40}");
    /** What a backslash before them is for. */
    private static final String MEANT = "\\:=#! \"'u";

    private static final int MAX = 10;

    private final Set<String> found = new LinkedHashSet<>();
    private String key = "";
    private boolean goesOn;

    private BackslashCheck() {}

    /** Each as {@code key: what}. */
    static List<String> oddities(String text) {
        if (text.indexOf('\\') < 0) {
            return List.of();
        }
        BackslashCheck all = new BackslashCheck();
        for (String line : LINE_END.split(text, -1)) {
            all.read(line);
            if (all.found.size() >= MAX) {
                break;
            }
        }
        return new ArrayList<>(all.found);
    }

    private void read(String line) {
        String begin = line.stripLeading();
        if (goesOn) {
            if (line.indexOf('=') > 0) {
                continued(line);
            }
        } else if (begin.isEmpty() || begin.charAt(0) == '#' || begin.charAt(0) == '!') {
            return;
        } else {
            key = keyOf(begin);
        }
        goesOn = scan(begin);
    }

    private void continued(String line) {
        Matcher next = NEXT_KEY.matcher(line);
        if (next.matches()) {
            found.add(key + ": its line ends with a backslash, so that the next line, " + next.group(1)
                    + " = ..., belongs to it: write the backslash twice");
        }
    }

    private static String keyOf(String line) {
        int end = 0;
        while (end < line.length() && KEY_END.indexOf(line.charAt(end)) < 0) {
            end++;
        }
        String first = line.substring(0, end);
        return KEY.matcher(first).matches() ? first : "a line that is no 'key = value'";
    }

    /** True if the line ends with a backslash of its own. */
    private boolean scan(String line) {
        int at = line.indexOf('\\');
        while (at >= 0 && at + 1 < line.length()) {
            escape(line.charAt(at + 1));
            at = line.indexOf('\\', at + 2);
        }
        return at >= 0;
    }

    private void escape(char c) {
        if (MEANT.indexOf(c) >= 0) {
            return;
        }
        boolean hidden = key.contains("password") || key.contains("token") || c < ' ' || c > '~';
        String what = hidden ? "holds a backslash that" : "holds \\" + c + ", which";
        String read =
                "tnrf".indexOf(c) < 0 ? hidden ? "is left out" : "is read as " + c : "is read as a control character";
        found.add(key + ": " + what + " " + read + ": write the backslash twice");
    }
}
