package org.bellwire.core.command;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a phone may dial of a number as it is written: without separators, host, feature codes, letters that only pause, and the
 * plus or the zero before it. More than one reading where phones differ: none of them may be a denied number. A name such as
 * {@code room112} begins with a letter, is dialled as it is and has no other reading.
 */
final class DialledDigits {

    /** A feature code (such as *31# to hide one's own number), also several, also behind the 0 for an outside line. */
    private static final Pattern CODES = Pattern.compile("[*#]++\\d++[*#]");

    /** A code of two digits without an end, such as *67 in North America. */
    private static final Pattern SHORT_CODE = Pattern.compile("^\\*\\d\\d(?=\\d)");

    private static final Pattern NO_DIGITS = Pattern.compile("\\D++");
    private static final Pattern SEPARATORS = Pattern.compile("[._-]++");
    private static final Pattern PAUSES = Pattern.compile("[A-Za-z]++");
    /** What is left of a number that a rule wrote as a decimal. */
    private static final Pattern DECIMALS = Pattern.compile("\\.0++$");

    private DialledDigits() {}

    /** All readings of a number. Those in digits begin with a plus only where the number does. */
    static Set<String> readings(String written) {
        Set<String> all = new LinkedHashSet<>();
        all.add(written);
        String user = written.substring(0, written.indexOf('@') < 0 ? written.length() : written.indexOf('@'));
        if (user.isEmpty() || Character.isLetter(user.charAt(0))) {
            all.add(SEPARATORS.matcher(user).replaceAll(""));
            return all;
        }
        for (String number : new String[] {user, DECIMALS.matcher(user).replaceFirst("")}) {
            String plain = SEPARATORS.matcher(number).replaceAll("");
            add(all, plain);
            add(all, withoutCodes(plain));
            add(all, SHORT_CODE.matcher(plain).replaceFirst(""));
        }
        return all;
    }

    /** Until nothing changes: what is taken out may leave the next code at the front. */
    private static String withoutCodes(String text) {
        String before = text;
        String after = CODES.matcher(before).replaceFirst("");
        while (!after.equals(before)) {
            before = after;
            after = CODES.matcher(before).replaceFirst("");
        }
        return after;
    }

    /** A text as a whole, and each part of it that letters keep apart: a phone pauses there and dials the parts. */
    private static void add(Set<String> all, String text) {
        all.add(digits(text));
        for (String part : PAUSES.split(text, 0)) {
            all.add(digits(part));
        }
        all.remove("");
    }

    private static String digits(String text) {
        return (text.startsWith("+") ? "+" : "") + NO_DIGITS.matcher(text).replaceAll("");
    }

    /** A reading without the plus, and without the zero for an outside line, before it; empty where there is neither. */
    static Optional<String> local(String reading) {
        String rest = reading.startsWith("+") || reading.startsWith("0") ? reading.substring(1) : "";
        return Optional.of(rest).filter(any -> !any.isEmpty());
    }
}
