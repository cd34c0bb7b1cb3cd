package org.bellwire.homeassistant;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One entity that a device may have.
 *
 * @param component what it is for Home Assistant, such as {@code sensor}
 * @param object the last part of its id, such as {@code peer_name}
 * @param name what people read, behind the device's name
 * @param needs what a device must have for it, such as {@code state/dnd} and {@code command/dnd}
 * @param isAvailable it is unavailable while the phone or the gateway is away
 * @param keys the rest of its config. A text that begins with {@code ./} is a topic of the device
 */
record EntityRow(
        String component,
        String object,
        String name,
        Set<String> needs,
        boolean isAvailable,
        Map<String, Object> keys) {

    /** Stands for all events of the vendor. */
    static final List<String> ALL_EVENTS = List.of("+");

    static EntityRow of(String component, String object, String name, String... needs) {
        return new EntityRow(component, object, name, Set.copyOf(Arrays.asList(needs)), true, Map.of());
    }

    EntityRow with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(keys);
        more.put(key, value);
        return new EntityRow(component, object, name, needs, isAvailable, more);
    }

    /** Has no availability. */
    EntityRow always() {
        return new EntityRow(component, object, name, needs, false, keys);
    }

    /** Its name among all entities of a device, such as {@code sensor/peer_name}. */
    String key() {
        return component + "/" + object;
    }
}
