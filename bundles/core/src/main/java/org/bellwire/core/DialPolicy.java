package org.bellwire.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellwire.api.Cfg;
import org.bellwire.api.DialNumber;
import org.bellwire.api.Rate;

/**
 * What may be dialled and how often, from {@code org.bellwire.line.cfg}.
 *
 * @param deny numbers that are never dialled: {@code *} stands for any characters, {@code ?} for one
 */
record DialPolicy(List<Pattern> deny, Rate perPhone) {

    static final DialPolicy USUAL = new DialPolicy(List.of(), new Rate(10 / 60.0, 10));

    private static final Pattern RATE = Pattern.compile("(\\d{1,9})\\s*(?:/\\s*(s|sec|min|h))?");

    DialPolicy {
        deny = List.copyOf(deny);
    }

    /**
     * Reads the file's {@code deny} and {@code rate.dial}.
     *
     * @throws org.bellwire.api.CfgException naming every fault
     */
    static DialPolicy parse(Map<String, ?> properties) {
        Cfg cfg = Cfg.of("org.bellwire.line.cfg", properties);
        List<Pattern> deny = new ArrayList<>();
        for (String item : cfg.list("deny")) {
            if (item.matches("[0-9A-Za-z*#+._@?-]{1,64}")) {
                deny.add(pattern(item));
            } else {
                cfg.fault("deny", "must be numbers with * and ? as wildcards, separated by commas, not '" + item + "'");
            }
        }
        Rate rate = cfg.parsed("rate.dial", DialPolicy::rate, "so many calls in a time, such as 10/min")
                .orElse(USUAL.perPhone());
        cfg.check();
        return new DialPolicy(deny, rate);
    }

    /** Also where the number is written with separators or with a host: phones dial the same. */
    boolean denies(DialNumber number) {
        String plain = number.value().replaceFirst("@.*", "").replaceAll("[._-]", "");
        return deny.stream()
                .anyMatch(pattern -> pattern.matcher(number.value()).matches()
                        || pattern.matcher(plain).matches());
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }

    private static Optional<Rate> rate(String text) {
        Matcher matcher = RATE.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < 1) {
            return Optional.empty();
        }
        int count = Integer.parseInt(matcher.group(1));
        String unit = matcher.group(2) == null ? "min" : matcher.group(2);
        double seconds = unit.startsWith("s") ? 1 : unit.equals("min") ? 60 : 3600;
        return Optional.of(new Rate(count / seconds, count));
    }
}
