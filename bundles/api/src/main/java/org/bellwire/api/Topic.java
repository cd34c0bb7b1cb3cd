package org.bellwire.api;

import java.util.List;

/** A topic below the root topic, such as {@code reception/event/call_incoming}. The bus puts the root before it. */
public record Topic(String path) {

    private static final int MAX_LEVEL = 64;

    public Topic {
        int begin = 0;
        while (begin <= path.length()) {
            int slash = path.indexOf('/', begin);
            int end = slash < 0 ? path.length() : slash;
            if (!isLevel(path, begin, end)) {
                throw new IllegalArgumentException(
                        "a topic's level is 1 to 64 of a-z 0-9 _ -, beginning with a letter or" + " digit, not '"
                                + path.substring(begin, end) + "'");
            }
            begin = end + 1;
        }
    }

    private static boolean isLevel(String path, int begin, int end) {
        if (begin == end || end - begin > MAX_LEVEL || !isAlphanumeric(path.charAt(begin))) {
            return false;
        }
        for (int i = begin + 1; i < end; i++) {
            char c = path.charAt(i);
            if (!isAlphanumeric(c) && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    public static Topic of(String... levels) {
        return new Topic(String.join("/", levels));
    }

    public List<String> levels() {
        return List.of(path.split("/"));
    }

    @Override
    public String toString() {
        return path;
    }
}
