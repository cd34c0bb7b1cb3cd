package org.bellwire.itests.examples;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.bellwire.homeassistant.EntityTable;

/** Finds the entities that Home Assistant makes of Bellwire's discovery, {@code <component>.bellwire_<phone>_<object>}. */
final class EntityCheck {

    private static final Pattern ENTITY = Pattern.compile("\\b([a-z_]+)\\.bellwire_([a-z0-9_]+)(?![\\w<])");
    private static final String BRIDGE = "binary_sensor.bellwire_bridge_connected";

    private EntityCheck() {}

    static List<String> entities(String text) {
        return ENTITY.matcher(text).results().map(MatchResult::group).toList();
    }

    static boolean isOurs(String entity) {
        return entity.contains(".bellwire_");
    }

    static List<String> faults(String text) {
        return ENTITY.matcher(text)
                .results()
                .flatMap(found -> fault(found).stream())
                .toList();
    }

    private static Optional<String> fault(MatchResult found) {
        String entity = found.group();
        if (entity.equals(BRIDGE)) {
            return Optional.empty();
        }
        boolean known = EntityTable.keys().stream().anyMatch(key -> isOne(key, found.group(1), found.group(2)));
        return known ? Optional.empty() : Optional.of(entity + ": discovery announces no such entity");
    }

    /** What discovery announces ends as the object does, behind the phone. */
    private static boolean isOne(String key, String component, String name) {
        int slash = key.indexOf('/');
        return key.substring(0, slash).equals(component) && name.matches("[a-z0-9_]+_" + key.substring(slash + 1));
    }
}
