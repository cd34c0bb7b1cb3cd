package org.bellwire.homeassistant;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set of entities; small, since there is one for each of ten thousand phones.
 *
 * @param known those of the table
 * @param others keys of those that the table has no more, such as {@code sensor/mood}: another version announced them
 */
record Entities(long known, Set<String> others) {

    static final Entities NONE = new Entities(0, Set.of());

    Entities {
        others = Set.copyOf(others);
    }

    static Entities of(long known) {
        return new Entities(known, Set.of());
    }

    static Entities ofKeys(Set<String> keys) {
        long known = 0;
        Set<String> others = new HashSet<>();
        for (String key : keys) {
            long row = EntityTable.of(key);
            known |= row;
            if (row == 0) {
                others.add(key);
            }
        }
        return new Entities(known, others);
    }

    boolean isEmpty() {
        return known == 0 && others.isEmpty();
    }

    Entities plus(Entities more) {
        Set<String> all = new HashSet<>(others);
        all.addAll(more.others);
        return new Entities(known | more.known, all);
    }

    Entities without(long those) {
        return new Entities(known & ~those, others);
    }

    Set<String> keys() {
        return Stream.concat(EntityTable.rows(known).map(EntityRow::key), others.stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
