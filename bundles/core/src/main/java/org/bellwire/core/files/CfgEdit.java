package org.bellwire.core.files;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes single keys in the text of a configuration file, and leaves everything else byte for byte: comments, unknown lines, line
 * ends, a byte order mark. Works on bytes read as Latin-1, as {@link CfgText} does.
 */
public final class CfgEdit {

    private static final String MARK = "\u00EF\u00BB\u00BF";
    private static final Pattern NATURAL_LINE = Pattern.compile("[^\r\n]*(?:\r\n|\r|\n|$)");

    private final List<String> lines;
    private final String end;

    private CfgEdit(List<String> lines, String end) {
        this.lines = lines;
        this.end = end;
    }

    /** The content with these keys changed; an empty value takes a key away. */
    public static byte[] apply(byte[] content, Map<String, String> changes) {
        String all = new String(content, StandardCharsets.ISO_8859_1);
        String mark = all.startsWith(MARK) ? MARK : "";
        String text = all.substring(mark.length());
        CfgEdit edit = new CfgEdit(logicalLines(text), text.contains("\r\n") ? "\r\n" : "\n");
        changes.forEach(edit::set);
        return (mark + String.join("", edit.lines)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private void set(String key, String value) {
        Optional<String> line = value.isEmpty() ? Optional.empty() : Optional.of(key + " = " + escape(value) + end);
        int at = -1;
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (keyOf(lines.get(i)).filter(key::equals).isPresent()) {
                at = i;
                lines.remove(i); // of several only the last counts, so the others may go
            }
        }
        if (line.isPresent() && at >= 0) {
            lines.add(at, line.get());
        } else if (line.isPresent()) {
            append(line.get());
        }
    }

    private void append(String line) {
        int last = lines.size() - 1;
        if (last >= 0 && !lines.get(last).endsWith("\n") && !lines.get(last).endsWith("\r")) {
            lines.set(last, lines.get(last) + end);
        }
        lines.add(line);
    }

    /** What Java reads as the value; its UTF-8 bytes stand as they are. */
    private static String escape(String value) {
        String bytes = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return bytes.replace("\\", "\\\\");
    }

    private static Optional<String> keyOf(String line) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(line));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return one.stringPropertyNames().stream().findFirst();
    }

    /** Lines with their ends; one that ends with a backslash has the next one in it. */
    private static List<String> logicalLines(String text) {
        List<String> lines = new ArrayList<>();
        Matcher natural = NATURAL_LINE.matcher(text);
        boolean goesOn = false;
        while (natural.find() && !natural.group().isEmpty()) {
            String line = natural.group();
            boolean comment = !goesOn && isComment(line);
            if (goesOn) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + line);
            } else {
                lines.add(line);
            }
            goesOn = !comment && endsWithBackslash(line);
        }
        return lines;
    }

    private static boolean isComment(String line) {
        String begin = line.stripLeading();
        return begin.startsWith("#") || begin.startsWith("!");
    }

    private static boolean endsWithBackslash(String line) {
        String bare = line.replaceFirst("[\r\n]+$", "");
        int backslashes = 0;
        while (backslashes < bare.length() && bare.charAt(bare.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    /** The text of a new file. */
    public static byte[] fresh(Map<String, String> values) {
        return apply(new byte[0], new LinkedHashMap<>(values));
    }
}
