package org.bellwire.api.config;

import java.util.Set;

/**
 * Names of variables whose values are secrets: those that begin or end with such a word. Words are kept apart by a change of case,
 * a digit or any other character: {@code sip_password}, {@code userPassword}, {@code admin-pwd}, {@code api_key}; but
 * {@code keypad} and {@code monkey} are words of their own.
 */
public final class SecretName {

    private static final Set<String> WORDS = Set.of(
            "password", "passwd", "passcode", "passphrase", "pwd", "pass", "secret", "token", "key", "apikey", "pin");

    /** Nothing else ends so, also where the words are not kept apart. */
    private static final String[] ENDS = {"password", "passwd", "passcode", "pwd", "secret", "token", "apikey"};

    /** The whole name. Codes are what people type at a door: whoever knows one can open it. */
    private static final Set<String> NAMES = Set.of("auth", "authorization", "code", "codevalue", "keypadinput");

    private SecretName() {}

    public static boolean isOne(String name) {
        String letters = word(name, 0, name.length());
        if (NAMES.contains(letters) || WORDS.contains(letters)) {
            return true;
        }
        for (String end : ENDS) {
            if (letters.endsWith(end)) {
                return true;
            }
        }
        return WORDS.contains(first(name)) || WORDS.contains(last(name));
    }

    private static String first(String name) {
        int begin = 0;
        while (begin < name.length() && !Character.isLetter(name.charAt(begin))) {
            begin++;
        }
        int end = begin;
        while (end < name.length() && (end == begin || !isEdge(name, end))) {
            end++;
        }
        return word(name, begin, end);
    }

    private static String last(String name) {
        int end = name.length();
        while (end > 0 && !Character.isLetter(name.charAt(end - 1))) {
            end--;
        }
        int begin = end;
        while (begin > 0 && (begin == end || !isEdge(name, begin))) {
            begin--;
        }
        return word(name, begin, end);
    }

    /** Another word begins here, or none. */
    private static boolean isEdge(String name, int at) {
        char before = name.charAt(at - 1);
        char here = name.charAt(at);
        if (!Character.isLetter(before) || !Character.isLetter(here)) {
            return true;
        }
        boolean up = Character.isLowerCase(before) && Character.isUpperCase(here);
        boolean acronymEnds = Character.isUpperCase(before)
                && Character.isUpperCase(here)
                && at + 1 < name.length()
                && Character.isLowerCase(name.charAt(at + 1));
        return up || acronymEnds;
    }

    private static String word(String name, int begin, int end) {
        StringBuilder letters = new StringBuilder(end - begin);
        for (int i = begin; i < end; i++) {
            if (Character.isLetter(name.charAt(i))) {
                letters.append(Character.toLowerCase(name.charAt(i)));
            }
        }
        return letters.toString();
    }
}
