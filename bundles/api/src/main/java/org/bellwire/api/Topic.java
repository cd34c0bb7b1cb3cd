package org.bellwire.api;

import java.util.List;

/**
 * A topic below a root topic, such as {@code reception/event/call_incoming}. The bus puts the root before it.
 *
 * @param root that of a site, such as {@code acme}; empty: the gateway's own, which the bus knows
 */
public record Topic(String root, String path) {

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

    /** Below the gateway's own root. */
    public Topic(String path) {
        this("", path);
    }

    public static Topic of(String... levels) {
        return new Topic(String.join("/", levels));
    }

    /** The same below another root. */
    public Topic below(String otherRoot) {
        return otherRoot.equals(root) ? this : new Topic(otherRoot, path);
    }

    /** With the root of its site; without the gateway's own. */
    public String whole() {
        return root.isEmpty() ? path : root + "/" + path;
    }

    public List<String> levels() {
        return List.of(path.split("/"));
    }

    @Override
    public String toString() {
        return whole();
    }
}
