package org.bellwire.contacts;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.bellwire.api.NumberText;

/**
 * Numbers in international form, however they are written or reported: {@code +49 30 1234567}, {@code 0049301234567},
 * {@code 030 1234567}, {@code 1234567} in this area, and each with what is dialled before it for an outside line.
 */
final class NumberForm {

    /** Extensions of the house and numbers such as 112 are compared as they are. */
    private static final int EXTENSION = 5;

    private static final int MAX = 64;
    private static final Pattern DIGITS = Pattern.compile("\\+?[0-9]+");
    private static final Pattern DIALLED = Pattern.compile("[0-9A-Za-z*#+._@-]+");
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    /** Of a number: country and area; more of its beginning the rules for prefixes do not look at. */
    private static final int KIND_DIGITS = 7;

    private static final int MAX_KINDS = 10_000;

    /**
     * Kinds of numbers of which the library has said that they are what they look like: it takes 20 µs to find that out, and a file
     * has tens of thousands of a few kinds.
     */
    private final Set<Integer> simpleKinds = ConcurrentHashMap.newKeySet();

    private final String region;
    private final String home;
    private final String trunk;
    private final String area;
    private final String outside;

    NumberForm(int country, String area, String outside) {
        region = NUMBERS.getRegionCodeForCountryCode(country);
        home = "+" + country;
        trunk = Optional.ofNullable(NUMBERS.getNddPrefixForRegion(region, true)).orElse("");
        this.area = area;
        this.outside = outside;
    }

    static boolean isCountry(int code) {
        return NUMBERS.getSupportedCallingCodes().contains(code);
    }

    /** The likeliest way to read a number as a person wrote it; empty: it is none. */
    Optional<String> likeliest(String written) {
        String number = plain(written);
        return isAsItIs(number)
                ? Optional.of(number).filter(any -> !any.isEmpty())
                : international(number).or(() -> Optional.of(number));
    }

    /** All ways to read a number as a phone reports it, the likeliest first; empty: it is none. */
    Set<String> readings(String written) {
        Set<String> readings = new LinkedHashSet<>();
        likeliest(written).ifPresent(readings::add);
        String number = plain(written);
        if (!isAsItIs(number)) {
            if (!outside.isEmpty() && number.startsWith(outside) && number.length() > outside.length() + EXTENSION) {
                international(number.substring(outside.length())).ifPresent(readings::add);
            }
            readings.add(number);
        }
        return readings;
    }

    /** Without separators; empty if it is no number. */
    private static String plain(String written) {
        if (written.length() > MAX) {
            return "";
        }
        String number = NumberText.withoutSeparators(NumberText.visible(written).strip());
        return DIALLED.matcher(number).matches() ? number : "";
    }

    private static boolean isAsItIs(String number) {
        return number.length() <= EXTENSION || !DIGITS.matcher(number).matches();
    }

    private Optional<String> international(String number) {
        if (isInternational(number)) {
            return Optional.of(number);
        }
        Optional<String> simple = simple(number);
        if (simple.isPresent() && simpleKinds.contains(kind(number))) {
            return simple;
        }
        Optional<String> found = parsed(number);
        if (simple.isPresent() && found.equals(simple) && simpleKinds.size() < MAX_KINDS) {
            simpleKinds.add(kind(number));
        }
        return found;
    }

    /** What it most likely is: the prefix for abroad, or the trunk prefix, gives way to the country's code, and nothing else changes. */
    private Optional<String> simple(String number) {
        if (number.startsWith("+")) {
            return Optional.of(number);
        }
        if (number.startsWith("00")) {
            return Optional.of("+" + number.substring(2));
        }
        return trunk.isEmpty() || !number.startsWith(trunk)
                ? Optional.empty()
                : Optional.of(home + number.substring(trunk.length()));
    }

    /** What the library looks at: a number's length and how it begins. */
    private static int kind(String number) {
        int begin = Math.min(number.length(), KIND_DIGITS);
        int kind = number.length();
        for (int i = 0; i < begin; i++) {
            kind = kind * 10 + number.charAt(i) - '0';
        }
        return kind;
    }

    private Optional<String> parsed(String number) {
        try {
            PhoneNumber parsed = NUMBERS.parse(number, region);
            boolean bare = parsed.getCountryCode() == NUMBERS.getCountryCodeForRegion(region)
                    && !number.startsWith("+")
                    && !number.startsWith("00");
            if (bare && !area.isEmpty() && isLocal(number, parsed)) {
                parsed = NUMBERS.parse(trunk + area + number, region);
            }
            return Optional.of(NUMBERS.format(parsed, PhoneNumberFormat.E164));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /** As it stands already, which most numbers of a file do: the library takes 10 µs to find that out. */
    private boolean isInternational(String number) {
        int rest = home.length();
        return number.length() > rest
                && number.startsWith(home)
                && !trunk.isEmpty()
                && number.charAt(rest) != trunk.charAt(0);
    }

    /** It is written without its area: where long-distance numbers begin with a zero, as one without that. */
    private boolean isLocal(String number, PhoneNumber parsed) {
        if (trunk.startsWith("0")) {
            return !number.startsWith(trunk);
        }
        return NUMBERS.isPossibleNumberWithReason(parsed) == ValidationResult.IS_POSSIBLE_LOCAL_ONLY;
    }
}
