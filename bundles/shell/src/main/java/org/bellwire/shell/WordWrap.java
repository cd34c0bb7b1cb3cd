package org.bellwire.shell;

/** Breaks a long word into lines, where possible behind {@code _ - .} */
final class WordWrap {

    private WordWrap() {}

    static String at(int width, String word) {
        StringBuilder out = new StringBuilder();
        String rest = word;
        while (rest.length() > width) {
            int end = width;
            while (end > width / 2 && "_-.".indexOf(rest.charAt(end - 1)) < 0) {
                end--;
            }
            end = end > width / 2 ? end : width;
            out.append(rest, 0, end).append('\n');
            rest = rest.substring(end);
        }
        return out.append(rest).toString();
    }
}
