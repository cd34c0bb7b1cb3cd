package org.bellwire.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One entity with the device it belongs to, of whichever style. */
record DiscoveryEntity(String where, String component, JsonObject keys, JsonObject device) {

    /** Those of all configs, by topic. */
    static List<DiscoveryEntity> all(Map<String, JsonObject> configs) {
        List<DiscoveryEntity> all = new ArrayList<>();
        configs.forEach((topic, config) -> {
            JsonObject device = config.getAsJsonObject("device");
            if (topic.contains("/device/")) {
                config.getAsJsonObject("components").entrySet().forEach(entry -> {
                    JsonObject keys = entry.getValue().getAsJsonObject().deepCopy();
                    JsonElement platform = keys.remove("platform");
                    String component = platform == null ? "" : platform.getAsString();
                    all.add(new DiscoveryEntity(topic + " " + entry.getKey(), component, keys, device));
                });
            } else {
                all.add(new DiscoveryEntity(topic, topic.split("/")[1], config, device));
            }
        });
        return all;
    }

    String text(String key) {
        return keys.has(key) ? keys.get(key).getAsString() : "";
    }

    String object() {
        return text("unique_id").substring(identifier().length() + 1);
    }

    String identifier() {
        return device.getAsJsonArray("identifiers").get(0).getAsString();
    }
}
