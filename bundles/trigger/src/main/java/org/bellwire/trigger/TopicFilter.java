package org.bellwire.trigger;

import java.util.Optional;

/** An MQTT topic filter that a trigger may listen to. */
record TopicFilter(String text) {

    private static final int MAX = 512;

    /**
     * What is wrong with a filter; empty: nothing.
     *
     * @param root of Bellwire's own topics: a second subscription to its commands would have the broker deliver them twice
     */
    static Optional<String> fault(String text, String root) {
        if (text.length() > MAX || text.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            return Optional.of("must be a topic of at most " + MAX + " characters without control characters");
        }
        String[] levels = text.split("/", -1);
        if (levels[0].equals("#") || levels[0].equals("+") || levels[0].startsWith("$")) {
            return Optional.of("must begin with a name: all topics at once would also be Bellwire's own");
        }
        for (int i = 0; i < levels.length; i++) {
            boolean wildcard = levels[i].indexOf('+') >= 0 || levels[i].indexOf('#') >= 0;
            boolean alone = levels[i].equals("+") || (levels[i].equals("#") && i == levels.length - 1);
            if (wildcard && !alone) {
                return Optional.of("must have + alone between slashes and # alone at the end");
            }
        }
        TopicFilter filter = new TopicFilter(text);
        boolean own = filter.overlaps(root + "/+/command/+") || filter.overlaps(root + "/bridge/trigger/+");
        return own
                ? Optional.of("must not take in Bellwire's own commands and results below " + root
                        + "/: publish the command itself instead")
                : Optional.empty();
    }

    /** There may be a topic that both take in. */
    boolean overlaps(String other) {
        String[] mine = text.split("/", -1);
        String[] theirs = other.split("/", -1);
        int at = 0;
        while (at < mine.length && at < theirs.length) {
            if (mine[at].equals("#") || theirs[at].equals("#")) {
                return true;
            }
            if (!mine[at].equals("+") && !theirs[at].equals("+") && !mine[at].equals(theirs[at])) {
                return false;
            }
            at++;
        }
        // a # also takes in the level above it
        return mine.length == theirs.length || (at < mine.length ? mine[at].equals("#") : theirs[at].equals("#"));
    }
}
