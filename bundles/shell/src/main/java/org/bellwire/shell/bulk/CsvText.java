package org.bellwire.shell.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A list's text, whatever program wrote it: UTF-8 with or without a byte order mark, UTF-16 with one, or what is neither, as
 * Windows writes it in the west of Europe.
 */
public final class CsvText {

    /** 20,000 phones with all keys need less. */
    private static final int MAX = 8 * 1024 * 1024;

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private CsvText() {}

    /** A list that cannot be read: the message says why and what to change. */
    public static final class UnreadableListException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableListException(String reason) {
            super(reason, null, false, false);
        }

        public String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** The text of a file. */
    public static String of(Path file) throws UnreadableListException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new UnreadableListException(file + " is no file"); // a pipe would hold its reader for ever
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX + 1);
            if (content.length > MAX) {
                throw new UnreadableListException(
                        file + " has more than " + MAX / 1024 / 1024 + " MB, which no list of phones has");
            }
            return decode(content);
        } catch (NoSuchFileException e) {
            throw new UnreadableListException("there is no file " + file);
        } catch (AccessDeniedException e) {
            throw new UnreadableListException(
                    file + " cannot be read: Bellwire's user may not; change its mode or that of its folder");
        } catch (IOException e) {
            throw new UnreadableListException(
                    file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    static String decode(byte[] content) {
        if (startsWith(content, 0xEF, 0xBB, 0xBF)) {
            return decode(content, 3, StandardCharsets.UTF_8);
        }
        if (startsWith(content, 0xFF, 0xFE)) {
            return decode(content, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(content, 0xFE, 0xFF)) {
            return decode(content, 2, StandardCharsets.UTF_16BE);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            return decode(content, 0, WINDOWS);
        }
    }

    private static String decode(byte[] content, int from, Charset charset) {
        return new String(content, from, content.length - from, charset);
    }

    private static boolean startsWith(byte[] content, int... first) {
        for (int i = 0; i < first.length; i++) {
            if (i >= content.length || content[i] != (byte) first[i]) {
                return false;
            }
        }
        return true;
    }
}
