package org.bellwire.homeassistant;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A device as it is announced: the gateway, a phone or a group.
 *
 * @param id the level of its topics
 * @param slug the id as a part of entity ids, in which a {@code -} is not allowed; unique
 * @param abilities what it reports and can be told: {@code event/…}, {@code state/…}, {@code command/…}
 * @param events the names of its events
 */
record HomeDevice(String id, String slug, Maker maker, List<String> events, Set<String> abilities) {

    /** The id of the gateway, which no phone can have. */
    static final String BRIDGE = "bridge";

    /**
     * What is known of the thing itself.
     *
     * @param url of its web page
     * @param mac empty also if another device has the same: Home Assistant would make one of the two
     */
    record Maker(
            String name,
            String manufacturer,
            Optional<String> model,
            Optional<String> firmware,
            Optional<String> mac,
            Optional<String> url) {}

    HomeDevice {
        events = List.copyOf(events);
        abilities = Set.copyOf(abilities);
    }

    boolean isBridge() {
        return id.equals(BRIDGE);
    }

    long entities() {
        return EntityTable.of(abilities);
    }
}
