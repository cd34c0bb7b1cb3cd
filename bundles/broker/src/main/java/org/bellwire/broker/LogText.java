package org.bellwire.broker;

import java.util.regex.Pattern;

/** What others send, made fit for one line of a log: no control characters, not long, no password. */
final class LogText {

    private static final int LONGEST = 80;
    /** What moves a terminal's cursor, breaks a line or turns the direction of writing. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\x{80}-\\x{9f}]");

    private LogText() {}

    /** A client id or a topic. */
    static String clean(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return CONTROL.matcher(shown).replaceAll("?");
    }

    /** A host or an address of a file, without the user and password that may stand before an {@code @}. */
    static String address(String text) {
        int at = text.lastIndexOf('@');
        int scheme = text.indexOf("://");
        String start = scheme >= 0 && scheme < at ? text.substring(0, scheme + 3) : "";
        return clean(at < 0 ? text : start + "…" + text.substring(at));
    }
}
