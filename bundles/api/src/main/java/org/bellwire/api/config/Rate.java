package org.bellwire.api.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bound on how often: so many a second on average, and so many at once. */
public record Rate(double perSecond, int burst) {

    /** How often a phone may report unless the file of the ingress says otherwise. */
    public static final Rate OF_A_PHONE = new Rate(20, 50);

    private static final int MAX = 10_000_000;
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,9})(?:\\s*/\\s*(s|sec|min|h))?(?:[\\s,;]+burst\\s*=?\\s*(\\d{1,9}))?");

    public Rate {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException("a rate and its burst are positive");
        }
    }

    /**
     * Reads {@code 20/s, burst 50}, {@code 300/min} or {@code 20}, which is each second. Without a burst, what comes in a second
     * may come at once. Empty for any other text.
     */
    public static Optional<Rate> parse(String text) {
        return parse(text, "s", false);
    }

    /** Reads {@code 10/min} or {@code 10}, which is each minute. Without a burst, all of it may come at once. */
    public static Optional<Rate> parseCount(String text) {
        return parse(text, "min", true);
    }

    private static Optional<Rate> parse(String text, String unit, boolean allAtOnce) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int count = Integer.parseInt(form.group(1));
        double perSecond = count / seconds(form.group(2) == null ? unit : form.group(2));
        int usual = allAtOnce ? count : Math.max(1, (int) Math.ceil(perSecond));
        int burst = form.group(3) == null ? usual : Integer.parseInt(form.group(3));
        return perSecond > 0 && perSecond <= MAX && burst >= 1 && burst <= MAX
                ? Optional.of(new Rate(perSecond, burst))
                : Optional.empty();
    }

    private static double seconds(String unit) {
        return switch (unit) {
            case "min" -> 60;
            case "h" -> 3600;
            default -> 1;
        };
    }
}
