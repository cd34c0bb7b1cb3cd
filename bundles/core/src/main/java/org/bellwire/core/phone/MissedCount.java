package org.bellwire.core.phone;

import java.util.Optional;
import java.util.regex.Pattern;

/** The state {@code missed}: how many calls were missed since somebody looked. */
final class MissedCount {

    static final String NONE = "0";

    private static final int MAX = 999_999;
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,6}");

    private MissedCount() {}

    /** One more than before; what is no count counts as none. */
    static String oneMore(Optional<String> before) {
        int count = before.filter(text -> COUNT.matcher(text).matches())
                .map(Integer::parseInt)
                .orElse(0);
        return String.valueOf(Math.min(count + 1, MAX));
    }
}
