package org.bellwire.shell.capture;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts made-up numbers, names and addresses in place of those in a text, and leaves secrets out. */
final class ValuePseudonymizer {

    /** Stands for a password, a cookie and the like. */
    static final String SECRET = "SECRET";

    private static final Pattern PIECE =
            Pattern.compile("(?<mac>(?<![0-9A-Fa-f])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![0-9A-Fa-f]))"
                    + "|(?<ip>(?<!\\d)(?:\\d{1,3}\\.){3}\\d{1,3}(?!\\d))"
                    + "|(?<variable><?\\$[A-Za-z][\\w-]*>?)"
                    + "|(?<escape>\\\\u[0-9A-Fa-f]{4}|\\\\.)"
                    + "|(?<time>\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d[:-]\\d\\d[:-]\\d\\d)"
                    + "|(?<word>[\\p{L}\\p{N}]+)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern LONG_NUMBER = Pattern.compile("(?s).*([0-9]{3}|@).*");
    private static final int MAC_DIGITS = 12;
    private static final int SHORT_WORD = 3;

    /** What a text may hold. */
    private enum Kind {
        /** An id of a call. */
        ID,
        /** Numbers and names. */
        PEOPLE,
        ANY
    }

    private final KeptWords kept;
    private final Pseudonyms pseudonyms;
    private Optional<String> mac;

    /** @param mac the phone's own, 12 digits in lower case, if it is known */
    ValuePseudonymizer(KeptWords kept, Pseudonyms pseudonyms, Optional<String> mac) {
        this.kept = kept;
        this.pseudonyms = pseudonyms;
        this.mac = mac;
    }

    /** What a variable's value becomes. */
    String value(String name, String text) {
        if (text.isEmpty()) {
            return text;
        }
        if (KeptWords.isSecret(name)) {
            return SECRET;
        }
        if (KeptWords.isPlain(name) && !LONG_NUMBER.matcher(text).matches()) {
            return text;
        }
        if (isVersion(name)) {
            return text;
        }
        if (name.equalsIgnoreCase("mac")) {
            learnMac(text);
        }
        if (KeptWords.isKey(name)) {
            return keys(text);
        }
        if (text.length() == 1 && !KeptWords.isOfPeople(name)) {
            return text;
        }
        return replace(text, KeptWords.isId(name) ? Kind.ID : KeptWords.isOfPeople(name) ? Kind.PEOPLE : Kind.ANY);
    }

    /** Digits in these tell of phones only. */
    private static boolean isVersion(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith("_time")
                || lower.contains("version")
                || lower.equals("firmware")
                || lower.equals("model")
                || lower.equals("phone_type")
                || lower.equals("product");
    }

    /** A text of which nothing is known. */
    String text(String text) {
        return replace(text, Kind.ANY);
    }

    /** Addresses and long numbers only: where else the words are the vendor's. */
    String addresses(String text) {
        Matcher pieces = PIECE.matcher(text);
        return pieces.replaceAll(found -> Matcher.quoteReplacement(address(pieces)));
    }

    private String address(Matcher found) {
        String whole = found.group();
        if (found.group("mac") != null || isOwnMac(whole)) {
            return pseudonyms.mac(whole);
        }
        if (found.group("ip") != null) {
            return pseudonyms.address(whole);
        }
        return whole.length() >= SHORT_WORD && NUMBER.matcher(whole).matches() ? pseudonyms.number(whole) : whole;
    }

    private void learnMac(String text) {
        String digits = text.replaceAll("[^0-9A-Fa-f]", "").toLowerCase(Locale.ROOT);
        if (digits.length() == MAC_DIGITS) {
            mac = Optional.of(digits);
        }
    }

    private boolean isOwnMac(String word) {
        return mac.filter(own -> own.equalsIgnoreCase(word)).isPresent();
    }

    private String replace(String text, Kind kind) {
        Matcher pieces = PIECE.matcher(text);
        return pieces.replaceAll(found -> Matcher.quoteReplacement(piece(pieces, kind)));
    }

    private String piece(Matcher found, Kind kind) {
        String whole = found.group();
        if (found.group("variable") != null || found.group("escape") != null || found.group("time") != null) {
            return whole;
        }
        if (found.group("word") == null) {
            return address(found);
        }
        if (isOwnMac(whole)) {
            return pseudonyms.mac(whole);
        }
        if (NUMBER.matcher(whole).matches()) {
            return pseudonyms.number(whole);
        }
        boolean harmless = switch (kind) {
            case ID -> whole.length() <= SHORT_WORD;
            case PEOPLE -> KeptWords.isOfNumbers(whole);
            case ANY -> kept.contains(whole);
        };
        return harmless ? whole : pseudonyms.word(whole);
    }

    /** Keys that are digits may be those of a number; the others are names of keys. */
    private String keys(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (String part : text.split("(?<=[;:, ])|(?=[;:, ])")) {
            int equals = part.indexOf('=');
            String name = part.substring(0, equals + 1);
            String value = part.substring(equals + 1);
            boolean key = value.matches("[A-Za-z_*#;:, ]{1,20}[0-9]{0,2}") && equals < 0;
            out.append(name).append(key ? value : replace(value, Kind.ANY));
        }
        return out.toString();
    }
}
