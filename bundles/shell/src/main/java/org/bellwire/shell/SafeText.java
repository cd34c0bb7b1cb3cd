package org.bellwire.shell;

/** Text from outside, such as a caller's display name, made harmless for a terminal. */
public final class SafeText {

    private SafeText() {}

    /** The text without control, format and surrogate characters, so that it can neither move the cursor nor turn its direction. */
    public static String of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().filter(SafeText::isHarmless).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static boolean isHarmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
