package org.bellwire.core.files;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file's text, read as Java reads properties, byte for byte as Latin-1: what is UTF-8 is mended later.
 *
 * @param oddities what the file's author may not have meant, each as {@code key: what}
 */
public record CfgText(Map<String, String> values, List<String> oddities) {

    /** A phone has some fifteen. */
    public static final int MAX_KEYS = 200;

    private static final String AS_UTF_8 = ": save it as UTF-8";

    public CfgText {
        values = Map.copyOf(values);
        oddities = List.copyOf(oddities);
    }

    /** Throws what names the reason and what to change. */
    public static CfgText parse(byte[] content) throws UnreadableFileException {
        if (startsWith(content, 0xFE, 0xFF) || startsWith(content, 0xFF, 0xFE)) {
            throw new UnreadableFileException("is written in UTF-16" + AS_UTF_8);
        }
        int begin = startsWith(content, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        String text = new String(content, begin, content.length - begin, StandardCharsets.ISO_8859_1);
        if (text.indexOf('\0') >= 0) {
            throw new UnreadableFileException("holds NUL bytes, so it is no text or written in UTF-16" + AS_UTF_8);
        }
        List<String> oddities = BackslashCheck.oddities(text);
        Properties read = load(text);
        Map<String, String> values = new HashMap<>();
        read.stringPropertyNames().forEach(key -> values.put(key, read.getProperty(key)));
        return new CfgText(values, oddities);
    }

    private static Properties load(String text) throws UnreadableFileException {
        Properties read = new BoundedProperties();
        try {
            read.load(new StringReader(text));
        } catch (TooManyKeysException e) {
            throw new UnreadableFileException("has more than " + MAX_KEYS + " keys, and no more are read", true);
        } catch (IllegalArgumentException e) {
            throw new UnreadableFileException(
                    "cannot be read: behind \\u stand four hexadecimal digits, or the backslash is to be written"
                            + " twice");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    private static boolean startsWith(byte[] content, int... first) {
        if (content.length < first.length) {
            return false;
        }
        for (int i = 0; i < first.length; i++) {
            if (content[i] != (byte) first[i]) {
                return false;
            }
        }
        return true;
    }

    /** Stops reading at one key too many: a file of two bytes for each key would take 250 times its size. */
    private static final class BoundedProperties extends Properties {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized @Nullable Object put(Object key, Object value) {
            if (size() >= MAX_KEYS && !containsKey(key)) {
                throw new TooManyKeysException();
            }
            return super.put(key, value);
        }
    }

    private static final class TooManyKeysException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
