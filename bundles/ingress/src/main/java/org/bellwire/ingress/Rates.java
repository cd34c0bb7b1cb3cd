package org.bellwire.ingress;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellwire.api.Rate;

/** Reads rates as configuration files write them. */
final class Rates {

    static final String EXPECTED = "a rate such as '20/s, burst 50', '300/min' or '20' (each second)";

    private static final int MAX = 10_000_000;
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,9})(?:\\s*/\\s*(s|min|h))?(?:[\\s,;]+burst\\s*=?\\s*(\\d{1,9}))?");

    private Rates() {}

    /** Without a burst, what comes in a second may come at once. */
    static Optional<Rate> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        double perSecond = Integer.parseInt(form.group(1)) / seconds(Optional.ofNullable(form.group(2)));
        int burst = Optional.ofNullable(form.group(3))
                .map(Integer::parseInt)
                .orElseGet(() -> Math.max(1, (int) Math.ceil(perSecond)));
        return perSecond > 0 && perSecond <= MAX && burst >= 1 && burst <= MAX
                ? Optional.of(new Rate(perSecond, burst))
                : Optional.empty();
    }

    private static double seconds(Optional<String> unit) {
        return switch (unit.orElse("s")) {
            case "min" -> 60;
            case "h" -> 3600;
            default -> 1;
        };
    }
}
