package org.bellwire.shell.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Text as it stands in a request target: raw bytes and percent-encoded ones, UTF-8 or else Latin-1. Another text of the same
 * length can be written in the same way, so that how a phone encodes stays visible.
 */
final class EncodedText {

    private static final String RAW = "";

    private final String text;
    private final Charset charset;
    /** How each byte is written: raw, or the case of its percent code's digits. */
    private final List<String> forms;

    private EncodedText(String text, Charset charset, List<String> forms) {
        this.text = text;
        this.charset = charset;
        this.forms = forms;
    }

    /** Reads bytes that stand as characters of the same value. */
    static EncodedText of(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        List<String> forms = new ArrayList<>(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            int high = raw.charAt(i) == '%' && i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw.charAt(i + 2), 16);
            if (low < 0) {
                forms.add(RAW);
                bytes.write(raw.charAt(i));
            } else {
                String code = raw.substring(i + 1, i + 3);
                forms.add(code.equals(code.toUpperCase(Locale.ROOT)) ? "%%%02X" : "%%%02x");
                bytes.write(high << 4 | low);
                i += 2;
            }
        }
        byte[] all = bytes.toByteArray();
        try {
            String utf8 = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(all))
                    .toString();
            return new EncodedText(utf8, StandardCharsets.UTF_8, forms);
        } catch (CharacterCodingException e) {
            return new EncodedText(new String(all, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1, forms);
        }
    }

    String text() {
        return text;
    }

    /** Another text, written as this one is; plainly where it takes more or fewer bytes. */
    String like(String other) {
        byte[] bytes = other.getBytes(charset);
        StringBuilder out = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int value = bytes[i] & 0xFF;
            String form = bytes.length == forms.size() ? forms.get(i) : RAW;
            out.append(form.equals(RAW) ? String.valueOf((char) value) : String.format(form, value));
        }
        return out.toString();
    }
}
