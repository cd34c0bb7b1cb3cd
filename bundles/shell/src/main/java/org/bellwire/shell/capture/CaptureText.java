package org.bellwire.shell.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * Bytes as lines that a person reads and a program reads back: {@code >} before what was asked, {@code <} before the answer.
 * Lines end as HTTP says: {@code \r\n} in a head, {@code \n} in a body; a line that ended otherwise says how: {@code \n} for a
 * line feed alone in a head, {@code \r} for a carriage return in a body, {@code \} for no end at all. {@code \xHH} is a byte
 * that is no character, {@code \\} a backslash.
 */
final class CaptureText {

    private static final String LEFT_OUT = "; the rest of the answer is left out\n";

    private CaptureText() {}

    /** A block: a heading, the request, the answer, and an empty line, which says that it is whole. */
    static String block(int number, CapturedExchange exchange, boolean cut) {
        StringBuilder out = new StringBuilder(1024);
        out.append("--- ").append(number).append(exchange.isReport() ? " report " : " command ");
        out.append(exchange.time()).append('\n');
        message(out, "> ", exchange.request());
        if (!exchange.answer().isEmpty()) {
            message(out, "< ", exchange.answer());
        }
        return out.append(cut ? LEFT_OUT : "").append('\n').toString();
    }

    private static void message(StringBuilder out, String mark, String message) {
        byte[] bytes = message.getBytes(ISO_8859_1);
        boolean head = true;
        int begin = 0;
        while (begin < bytes.length) {
            int feed = begin;
            while (feed < bytes.length && bytes[feed] != '\n') {
                feed++;
            }
            boolean ends = feed < bytes.length;
            boolean returned = ends && feed > begin && bytes[feed - 1] == '\r';
            int end = head && returned ? feed - 1 : feed;
            String line = escaped(Arrays.copyOfRange(bytes, begin, end));
            String odd = ends ? head && !returned ? "\\n" : "" : "\\";
            String told = line + odd;
            out.append(told.isEmpty() ? mark.strip() : mark + told).append('\n');
            head &= end > begin;
            begin = feed + 1;
        }
    }

    private static String escaped(byte[] bytes) {
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            text = new String(bytes, ISO_8859_1);
            return escaped(text, 0x7F);
        }
        return escaped(text, Integer.MAX_VALUE);
    }

    /** With what is beyond the last plain character, or does not show, as codes of bytes. */
    private static String escaped(String text, int last) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\\') {
                out.append("\\\\");
            } else if (c == '\r') {
                out.append("\\r");
            } else if (c < ' ' || c == 0x7F || (c > last && c < 0x100)) {
                out.append(String.format("\\x%02X", c));
            } else if (isHidden(c)) {
                for (byte b : Character.toString(c).getBytes(UTF_8)) {
                    out.append(String.format("\\x%02X", b & 0xFF));
                }
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private static boolean isHidden(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
