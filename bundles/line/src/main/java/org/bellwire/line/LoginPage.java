package org.bellwire.line;

import java.util.Locale;
import java.util.regex.Pattern;

/** Recognises a login page, which some phones return instead of 401. */
final class LoginPage {

    private static final Pattern PASSWORD_FIELD =
            Pattern.compile("(?i)<input\\b[^>]{0,400}\\btype\\s*+=\\s*+[\"']?password\\b");
    private static final Pattern LOGIN_PATH = Pattern.compile("log-?_?in|logon|sign-?_?in|auth");

    private LoginPage() {}

    /** The page has a field for a password. */
    static boolean isForm(String page) {
        return PASSWORD_FIELD.matcher(page).find();
    }

    /** The place that a redirect leads to is called like a login page. */
    static boolean isPlace(String location) {
        String path = location.toLowerCase(Locale.ROOT).replaceFirst("^[a-z]+://[^/?#]*", "");
        return LOGIN_PATH.matcher(path).find();
    }
}
