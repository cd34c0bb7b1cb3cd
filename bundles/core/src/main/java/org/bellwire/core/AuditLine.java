package org.bellwire.core;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellwire.api.DialNumber;

/** What the log may tell of a command: reasons quote what the sender wrote, and that may be a whole number. */
final class AuditLine {

    private static final Pattern NUMBER = Pattern.compile("[A-Za-z*#+._@-]*(?:[0-9][A-Za-z*#+._@-]*){3,}");

    private AuditLine() {}

    /** The detail with every number of the payload masked. */
    static String detail(String detail, String payload) {
        String masked = detail;
        Matcher number = NUMBER.matcher(payload);
        while (number.find()) {
            masked = masked.replace(
                    number.group(),
                    DialNumber.parse(number.group()).map(DialNumber::masked).orElse("***"));
        }
        return masked;
    }
}
