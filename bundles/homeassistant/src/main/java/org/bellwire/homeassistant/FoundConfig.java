package org.bellwire.homeassistant;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A config that the broker keeps and that is ours beyond doubt: its topic, its origin, its ids and every topic in it say so.
 * Another Bellwire's stands below another root, and is not.
 *
 * @param device the id of the device
 */
record FoundConfig(String device, Standing standing) {

    private static final Pattern PLATFORM = Pattern.compile("\\$\\.components\\.([a-z0-9_]+)\\.platform");
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final Pattern WORD = Pattern.compile("[a-z0-9_]+");
    private static final int MAX_VALUES = 4000;

    /**
     * Reads a config.
     *
     * @param component the level before the object's id in its topic
     * @param object the object's id in its topic
     * @param root the topic that everything of this Bellwire stands below
     */
    static Optional<FoundConfig> of(String component, String object, String payload, String root) {
        try (JsonReader json = new JsonReader(new StringReader(payload))) {
            Map<String, String> values = values(json, root + "/");
            String device = values.getOrDefault("$.device.identifiers[0]", "");
            boolean ours = ConfigJson.ORIGIN.equals(values.get("$.origin.name"))
                    && device.startsWith(ConfigTopics.OURS)
                    && ID.matcher(device.substring(ConfigTopics.OURS.length())).matches();
            return ours ? of(component, object, device, values) : Optional.empty();
        } catch (IOException | IllegalStateException e) { // gson's words for what is no JSON
            return Optional.empty();
        }
    }

    private static Optional<FoundConfig> of(
            String component, String object, String device, Map<String, String> values) {
        Set<String> keys = new HashSet<>();
        boolean whole = component.equals(ConfigTopics.DEVICE);
        if (whole && object.equals(device)) {
            values.forEach((path, platform) -> {
                Matcher part = PLATFORM.matcher(path);
                if (part.matches()) {
                    keys.add(platform + "/" + part.group(1));
                }
            });
        } else if (!whole && object.startsWith(device + "_") && object.equals(values.get("$.unique_id"))) {
            keys.add(component + "/" + object.substring(device.length() + 1));
        }
        if (keys.isEmpty() || !keys.stream().allMatch(FoundConfig::isKey)) {
            return Optional.empty();
        }
        boolean group = HomeDevices.GROUP.equals(values.get("$.device.model"))
                && HomeDevices.BELLWIRE.equals(values.get("$.device.manufacturer"));
        Entities entities = Entities.ofKeys(keys);
        Standing standing = whole
                ? new Standing(Entities.NONE, entities, group, 0)
                : new Standing(entities, Entities.NONE, group, 0);
        return Optional.of(new FoundConfig(device.substring(ConfigTopics.OURS.length()), standing));
    }

    private static boolean isKey(String key) {
        int slash = key.indexOf('/');
        return WORD.matcher(key.substring(0, slash)).matches()
                && WORD.matcher(key.substring(slash + 1)).matches();
    }

    /** The texts by their paths. A loop, however deep: levels are not walked, tokens are. */
    private static Map<String, String> values(JsonReader json, String root) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < MAX_VALUES; i++) {
            switch (json.peek()) {
                case BEGIN_OBJECT -> json.beginObject();
                case END_OBJECT -> json.endObject();
                case BEGIN_ARRAY -> json.beginArray();
                case END_ARRAY -> json.endArray();
                case NAME -> {
                    String unused = json.nextName();
                }
                case STRING -> {
                    String path = json.getPath();
                    String text = json.nextString();
                    if (path.endsWith("topic") && !text.startsWith(root)) {
                        throw new IllegalStateException("another one's topic");
                    }
                    values.put(path, text);
                }
                case END_DOCUMENT -> {
                    return values;
                }
                default -> json.skipValue();
            }
        }
        throw new IllegalStateException("more than a config has");
    }
}
