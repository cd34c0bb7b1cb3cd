package org.bellwire.api.runtime;

import java.util.regex.Pattern;

/**
 * Text that somebody else wrote, made fit for one line of a log or a message: no control or format characters, nothing that
 * breaks a line or turns the direction of writing, and not long.
 */
public final class LogText {

    private static final int LONGEST = 256;
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private LogText() {}

    /** At most {@value #LONGEST} characters of the text. */
    public static String clean(String text) {
        return clean(text, LONGEST);
    }

    /** At most {@code longest} characters of the text; three dots stand for the rest. */
    public static String clean(String text, int longest) {
        String cut = text.length() > longest ? text.substring(0, longest) + "..." : text;
        return isPlain(cut) ? cut : INVISIBLE.matcher(cut).replaceAll("?");
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
