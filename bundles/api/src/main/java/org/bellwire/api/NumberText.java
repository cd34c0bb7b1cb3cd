package org.bellwire.api;

/**
 * Telephone numbers as people, address books and phones write them. Both methods pass over a text once, and never make it
 * longer.
 */
public final class NumberText {

    private NumberText() {}

    /**
     * Takes out what only makes a number easier to read: blanks, dashes, slashes, brackets and invisible marks; also the
     * {@code (0)} of {@code +49 (0) 30}, which nobody dials. Points, which phones dial in addresses, only beside one of these.
     * A text that is no number otherwise (digits, {@code *}, {@code #},
     * a leading {@code +}) is left as it is.
     */
    public static String withoutSeparators(String text) {
        StringBuilder number = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '(' && isInternational(number) && text.startsWith("0)", i)) {
                i += 2;
            } else if (!isSeparator(c) && !isInvisible(c)) {
                number.appendCodePoint(c);
            }
        }
        if (number.indexOf(".") >= 0 && number.length() < text.length()) {
            number = new StringBuilder(number.toString().replace(".", ""));
        }
        return isNumber(number) ? number.toString() : text;
    }

    /** Without marks that show nothing: zero-width characters, direction marks, soft hyphens and the like. */
    public static String visible(String text) {
        if (text.codePoints().noneMatch(NumberText::isInvisible)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isInvisible(c)).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static boolean isInternational(CharSequence begun) {
        boolean plus = begun.length() > 0 && begun.charAt(0) == '+';
        return plus || (begun.length() > 1 && begun.charAt(0) == '0' && begun.charAt(1) == '0');
    }

    private static boolean isSeparator(int c) {
        int type = Character.getType(c);
        return type == Character.SPACE_SEPARATOR
                || type == Character.DASH_PUNCTUATION
                || c == '/'
                || c == '('
                || c == ')'
                || c == 0x2212; // the minus sign of typesetters
    }

    private static boolean isInvisible(int c) {
        return c > '~'
                && (Character.getType(c) == Character.FORMAT
                        || c == 0x034F // combining grapheme joiner
                        || c == 0x115F // fillers
                        || c == 0x1160
                        || c == 0x3164
                        || c == 0xFFA0
                        || (c >= 0x180B && c <= 0x180F) // variation selectors
                        || (c >= 0xFE00 && c <= 0xFE0F)
                        || (c >= 0xE0100 && c <= 0xE01EF));
    }

    private static boolean isNumber(CharSequence text) {
        boolean dialled = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plus = c == '+' && i == 0;
            if (!plus && !(c >= '0' && c <= '9') && c != '*' && c != '#') {
                return false;
            }
            dialled |= !plus;
        }
        return dialled;
    }
}
