package org.bellwire.api;

import java.util.List;
import java.util.regex.Pattern;

/** A topic below the root topic, such as {@code reception/event/call_incoming}. The bus puts the root before it. */
public record Topic(String path) {

    private static final Pattern LEVEL = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    public Topic {
        for (String level : path.split("/", -1)) {
            if (!LEVEL.matcher(level).matches()) {
                throw new IllegalArgumentException("a topic's level is 1 to 64 of a-z 0-9 _ -, not '" + level + "'");
            }
        }
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
