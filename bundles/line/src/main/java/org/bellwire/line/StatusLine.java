package org.bellwire.line;

import java.util.Locale;

/** The first line of an answer, in the variants that small devices write. */
final class StatusLine {

    /** So many characters tell whether a line may be one. */
    static final int BEGINNING = 4;

    private static final String HTTP = "http";
    private static final String ICY = "icy ";

    private StatusLine() {}

    /** Whether a line that begins so may be one; blanks before it do not matter. */
    static boolean mayBegin(CharSequence characters) {
        String text = characters.toString().stripLeading();
        int length = Math.min(text.length(), BEGINNING);
        return HTTP.regionMatches(true, 0, text, 0, length) || ICY.regionMatches(true, 0, text, 0, length);
    }

    /** The status; 0 if this is no status line. */
    static int status(String line) {
        int blank = 0;
        while (blank < line.length() && line.charAt(blank) > ' ') {
            blank++;
        }
        String protocol = line.substring(0, blank).toLowerCase(Locale.ROOT);
        boolean known = protocol.equals("icy") || protocol.equals(HTTP) || protocol.startsWith("http/");
        String rest = line.substring(blank).stripLeading();
        return known && isNumber(rest) ? Integer.parseInt(rest.substring(0, 3)) : 0;
    }

    /** Three digits, from 100 on, and no further one. */
    private static boolean isNumber(String text) {
        if (text.length() < 3 || text.charAt(0) == '0' || (text.length() > 3 && isDigit(text.charAt(3)))) {
            return false;
        }
        return isDigit(text.charAt(0)) && isDigit(text.charAt(1)) && isDigit(text.charAt(2));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
