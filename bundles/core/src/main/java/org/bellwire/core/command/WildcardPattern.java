package org.bellwire.core.command;

/** Compares with patterns in which {@code *} stands for any characters and {@code ?} for one; case does not count. */
public final class WildcardPattern {

    private WildcardPattern() {}

    /** Goes back to the last star only, so that many of them cost no more than one. */
    public static boolean match(String pattern, String text) {
        int p = 0;
        int t = 0;
        int afterStar = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                afterStar = ++p;
                resume = t;
            } else if (p < pattern.length() && isSame(pattern.charAt(p), text.charAt(t))) {
                p++;
                t++;
            } else if (afterStar >= 0) {
                p = afterStar;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean isSame(char wanted, char found) {
        return wanted == '?' || Character.toLowerCase(wanted) == Character.toLowerCase(found);
    }
}
