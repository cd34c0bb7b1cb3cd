package org.bellwire.broker;

import java.util.regex.Pattern;

/** What others send, made fit for one line of a log: no control characters, and not long. */
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
}
