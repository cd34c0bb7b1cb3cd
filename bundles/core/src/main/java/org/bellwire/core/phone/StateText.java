package org.bellwire.core.phone;

/** The text of a state: consumers such as Home Assistant take no more than {@value #MAX} characters. */
final class StateText {

    static final int MAX = 255;

    private StateText() {}

    /** Cut where it is longer, between characters and not within one. */
    static String cut(String text) {
        if (text.length() <= MAX) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX - 1)) ? MAX - 1 : MAX);
    }
}
