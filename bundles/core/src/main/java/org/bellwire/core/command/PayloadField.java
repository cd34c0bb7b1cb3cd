package org.bellwire.core.command;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bellwire.api.DialNumber;
import org.bellwire.api.NumberText;
import org.bellwire.api.SwitchValue;

/**
 * A value of a command's payload.
 *
 * @param text as it is written
 * @param kind what JSON calls it; plain text may look like any of them
 */
record PayloadField(String text, Kind kind) {

    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN
    }

    static final PayloadField EMPTY = text("");

    /** What rules send where they have no value. */
    private static final Set<String> MISSING = Set.of(
            "unknown",
            "unavailable",
            "none",
            "null",
            "nil",
            "undefined",
            "undef",
            "nan",
            "inf",
            "infinity",
            "true",
            "false");

    /** As rules write whole numbers, too. */
    private static final Pattern WHOLE = Pattern.compile("(0|[1-9]\\d*+)(\\.0{1,2}+)?");

    private static final Pattern FRACTION = Pattern.compile("-?(0|[1-9]\\d*+)\\.\\d{1,2}");
    private static final Pattern NEGATIVE = Pattern.compile("[-\u2212].*", Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z*#+._@:=-]{1,128}");
    private static final Pattern JSON_WHOLE = Pattern.compile("(0|[1-9]\\d*+)(\\.0++)?");

    static PayloadField text(String text) {
        return new PayloadField(text, Kind.TEXT);
    }

    /** What to dial. */
    DialNumber dialNumber() throws MalformedPayloadException {
        String whole = digits();
        check(!isMissing(), "a number is dialled, not '" + text + "': a rule sends that where it has no value");
        check(!NEGATIVE.matcher(whole).matches(), "a number does not begin with -");
        check(!FRACTION.matcher(whole).matches(), "a number is whole, or a text such as 0711.42");
        Optional<DialNumber> parsed = DialNumber.parse(NumberText.withoutSeparators(whole));
        check(parsed.isPresent(), "a number is 1 to 64 of 0-9 A-Z a-z * # + . _ @ -");
        return parsed.orElseThrow();
    }

    /** The name of a call or an account. */
    String id(String key) throws MalformedPayloadException {
        String whole = kind == Kind.TEXT ? text : digits();
        check(!isMissing(), key + " is '" + text + "': a rule sends that where it has no value");
        check(ID.matcher(whole).matches(), key + " has characters that no phone uses there");
        return whole;
    }

    /** Digits for tones. */
    String tones() throws MalformedPayloadException {
        return digits();
    }

    /** One of the words of a switch: {@code ON} and {@code OFF} may be written as JSON and as numbers, too. */
    String word() {
        String upper = text.toUpperCase(Locale.ROOT);
        return switch (upper) {
            case "TRUE", "1", "1.0" -> SwitchValue.ON.wire();
            case "FALSE", "0", "0.0" -> SwitchValue.OFF.wire();
            default -> upper;
        };
    }

    /** A whole number as its digits, however it is written; what is no number in JSON stays. */
    private String digits() throws MalformedPayloadException {
        check(kind != Kind.BOOLEAN, "a number is digits as text or a whole number, not " + text);
        Pattern form = kind == Kind.NUMBER ? JSON_WHOLE : WHOLE;
        if (form.matcher(text).matches()) {
            int point = text.indexOf('.');
            return point < 0 ? text : text.substring(0, point);
        }
        check(
                kind == Kind.TEXT,
                "a number is whole, not negative and without an exponent; write it as text if it has to be '" + text
                        + "'");
        return text;
    }

    private boolean isMissing() {
        return MISSING.contains(text.toLowerCase(Locale.ROOT));
    }

    private static void check(boolean right, String rule) throws MalformedPayloadException {
        if (!right) {
            throw new MalformedPayloadException(rule);
        }
    }
}
