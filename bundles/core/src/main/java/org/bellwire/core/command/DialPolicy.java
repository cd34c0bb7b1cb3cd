package org.bellwire.core.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bellwire.api.DialNumber;
import org.bellwire.api.config.Cfg;
import org.bellwire.api.config.Rate;

/**
 * What may be dialled and how often, from {@code org.bellwire.line.cfg}. Holds for the numbers of {@code dial} and
 * {@code transfer}, and for digits that one {@code key} or {@code dtmf} types; what {@code redial} and line keys dial is not
 * known here.
 *
 * @param deny numbers that are never dialled: {@code *} stands for any characters, {@code ?} for one
 * @param perPhone how often one phone may be told to dial
 */
public record DialPolicy(List<String> deny, Rate perPhone) {

    /** Without a word in the file: no emergency and premium-rate numbers, also behind a 0 for an outside line. */
    public static final DialPolicy USUAL = new DialPolicy(
            List.of(
                    "110",
                    "112",
                    "911",
                    "999",
                    "0110",
                    "0112", //
                    "0190*",
                    "0900*",
                    "00190*",
                    "00900*",
                    "+49900*",
                    "0049900*",
                    "1900*",
                    "+1900*"),
            new Rate(10 / 60.0, 10));

    private static final String NOTHING = "none";
    private static final Pattern ITEM = Pattern.compile("[0-9A-Za-z*#+._@?-]{1,64}");

    public DialPolicy {
        deny = List.copyOf(deny);
    }

    /**
     * Reads the file's {@code deny} and {@code rate.dial}.
     *
     * @throws org.bellwire.api.config.CfgException naming every fault
     */
    public static DialPolicy parse(Map<String, ?> properties) {
        Cfg cfg = Cfg.of("org.bellwire.line.cfg", properties);
        List<String> deny = cfg.list("deny");
        for (String item : deny) {
            if (!ITEM.matcher(item).matches()) {
                cfg.fault("deny", "must be numbers with * and ? as wildcards, separated by commas, not '" + item + "'");
            }
        }
        Rate rate = cfg.parsed("rate.dial", Rate::parseCount, "so many calls in a time, such as 10/min")
                .orElse(USUAL.perPhone());
        cfg.check();
        boolean nothing = deny.equals(List.of(NOTHING));
        return new DialPolicy(nothing ? List.of() : deny.isEmpty() ? USUAL.deny() : deny, rate);
    }

    /** Also where the number is written with separators, a host, feature codes or pauses: phones dial the same. */
    public boolean denies(DialNumber number) {
        return DialledDigits.readings(number.value()).stream().anyMatch(this::deniesReading);
    }

    private boolean deniesReading(String reading) {
        Optional<String> local = DialledDigits.local(reading);
        for (String item : deny) {
            if (WildcardPattern.match(item, reading)
                    || local.filter(rest -> isLocal(item, reading, rest) && WildcardPattern.match(item, rest))
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Behind a plus stands a country, so that {@code 49*}, said of numbers in the house, is no word on {@code +49…}. */
    private static boolean isLocal(String item, String reading, String rest) {
        return !reading.startsWith("+") || rest.startsWith("0") || item.indexOf('*') < 0;
    }
}
