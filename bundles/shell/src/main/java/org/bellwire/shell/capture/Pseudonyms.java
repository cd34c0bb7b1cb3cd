package org.bellwire.shell.capture;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Made-up words in place of others: the same for the same, as long, and of the same kinds of characters. A letter beyond ASCII
 * becomes one that takes as many bytes.
 */
final class Pseudonyms {

    /** How often another word is made up, should it be taken already: there are not always enough. */
    private static final int TRIES = 64;

    private static final String LATIN = "àáâãäåæçèéêëìíîïñòóôõöøùúûüý";
    private static final String HEX_LETTERS = "abcdef";
    private static final int BYTE = 256;

    private final RandomGenerator random;
    private final Map<String, String> known = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    Pseudonyms(RandomGenerator random) {
        this.random = random;
    }

    /** For digits. Zeros in front stay: they say how a number is written. */
    String number(String digits) {
        int zeros = 0;
        while (zeros < digits.length() && digits.charAt(zeros) == '0') {
            zeros++;
        }
        String rest = digits.substring(zeros);
        return rest.isEmpty() ? digits : digits.substring(0, zeros) + madeUp(rest, false);
    }

    /** For a word with letters; upper case stays upper case. */
    String word(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.length() != word.length()) {
            return madeUp(word, false);
        }
        return inCaseOf(word, madeUp(lower, isHex(lower)));
    }

    /** For a MAC address, however it is written: who made the phone stays. */
    String mac(String mac) {
        StringBuilder digits = new StringBuilder();
        mac.chars().filter(c -> Character.digit(c, 16) >= 0).forEach(c -> digits.append((char) c));
        String lower = digits.toString().toLowerCase(Locale.ROOT);
        String own = lower.substring(lower.length() / 2);
        String other = known.computeIfAbsent("mac " + own, any -> hexDigits(own.length()));
        String all = lower.substring(0, lower.length() / 2) + other;
        StringBuilder out = new StringBuilder(mac.length());
        int next = 0;
        for (int i = 0; i < mac.length(); i++) {
            boolean digit = Character.digit(mac.charAt(i), 16) >= 0;
            out.append(digit ? all.charAt(next++) : mac.charAt(i));
        }
        return mac.equals(mac.toUpperCase(Locale.ROOT)) ? out.toString().toUpperCase(Locale.ROOT) : out.toString();
    }

    /** For an IPv4 address: each part has as many digits as before. */
    String address(String address) {
        return known.computeIfAbsent("ip " + address, any -> {
            StringBuilder out = new StringBuilder();
            for (String part : address.split("\\.", -1)) {
                int least = part.length() == 1 ? 1 : part.length() == 2 ? 10 : 100;
                int most = part.length() == 1 ? 10 : part.length() == 2 ? 100 : BYTE;
                out.append(out.isEmpty() ? "" : ".").append(random.nextInt(least, most));
            }
            return out.toString();
        });
    }

    private String hexDigits(int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append(Character.forDigit(random.nextInt(16), 16));
        }
        return out.toString();
    }

    private String madeUp(String original, boolean hex) {
        String before = known.get(original);
        if (before != null) {
            return before;
        }
        String made = like(original, hex);
        for (int i = 0; i < TRIES && (made.equals(original) || taken.contains(made)); i++) {
            made = like(original, hex);
        }
        known.put(original, made);
        taken.add(made);
        return made;
    }

    private String like(String original, boolean hex) {
        StringBuilder out = new StringBuilder(original.length());
        original.codePoints().forEach(c -> {
            if (c >= '0' && c <= '9') {
                out.append((char) ('0' + random.nextInt(out.isEmpty() ? 1 : 0, 10)));
            } else if (hex) {
                out.append(HEX_LETTERS.charAt(random.nextInt(HEX_LETTERS.length())));
            } else {
                out.appendCodePoint(letter(c));
            }
        });
        return out.toString();
    }

    private int letter(int original) {
        if (original < 0x80) {
            return 'a' + random.nextInt(26);
        }
        if (original < 0x100) {
            return LATIN.charAt(random.nextInt(LATIN.length()));
        }
        if (original < 0x800) {
            return 'а' + random.nextInt(32);
        }
        return original < 0x10000 ? 0x4E00 + random.nextInt(20_000) : 0x20000 + random.nextInt(40_000);
    }

    /** Hexadecimal digits with letters and figures among them. */
    private static boolean isHex(String lower) {
        return lower.matches("[0-9a-f]+") && lower.matches(".*[0-9].*");
    }

    private static String inCaseOf(String pattern, String made) {
        StringBuilder out = new StringBuilder(made.length());
        for (int i = 0; i < made.length(); i++) {
            char c = made.charAt(i);
            out.append(Character.isUpperCase(pattern.charAt(i)) ? Character.toUpperCase(c) : c);
        }
        return out.toString();
    }
}
