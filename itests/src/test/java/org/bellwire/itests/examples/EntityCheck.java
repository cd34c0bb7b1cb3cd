package org.bellwire.itests.examples;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds the entities that Home Assistant makes of Bellwire's discovery, {@code <component>.bellwire_<phone>_<object>}. */
final class EntityCheck {

    private static final Pattern ENTITY = Pattern.compile("\\b([a-z_]+)\\.bellwire_([a-z0-9_]+)(?![\\w<])");
    private static final String BRIDGE = "binary_sensor.bellwire_bridge_connected";

    /** What discovery announces, by component. */
    private static final Map<String, Set<String>> OBJECTS = Map.of(
            "event", Set.of("event", "bell"),
            "sensor", Set.of("call", "peer_number", "peer_name", "missed", "registration", "ip"),
            "binary_sensor", Set.of("off_hook", "busy", "ringing", "door"),
            "switch", Set.of("dnd", "mute"),
            "text", Set.of("dial"),
            "button",
                    Set.of("answer", "hangup", "reject", "hold", "resume", "redial", "missed_reset", "reboot", "open"));

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
        Set<String> objects = OBJECTS.getOrDefault(found.group(1), Set.of());
        boolean known = objects.stream().anyMatch(object -> found.group(2).matches("[a-z0-9_]+_" + object));
        return known ? Optional.empty() : Optional.of(entity + ": discovery announces no such entity");
    }
}
