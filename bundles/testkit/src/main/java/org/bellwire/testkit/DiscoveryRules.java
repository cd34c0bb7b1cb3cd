package org.bellwire.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Home Assistant and openHAB take, and what the contract promises beyond that, as rules over everything that was announced.
 * Where a rule names no source it is the contract's. Sources are those of the projects home-assistant/core (folder
 * homeassistant/components/mqtt), home-assistant/home-assistant.io (source/_integrations) and home-assistant/developers.home-assistant.
 */
public final class DiscoveryRules {

    private final Map<String, JsonObject> configs = new HashMap<>();
    private final Map<String, Set<String>> events;
    private final Map<String, List<String>> recorded;
    private final Map<String, Map<String, List<String>>> contracts = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    private DiscoveryRules(
            Map<String, String> retained, Map<String, Set<String>> events, Map<String, List<String>> recorded) {
        retained.forEach((topic, payload) ->
                configs.put(topic, JsonParser.parseString(payload).getAsJsonObject()));
        this.events = events;
        this.recorded = recorded;
    }

    /** As below, with the contract's payloads alone. */
    public static List<String> broken(Map<String, String> retained, Map<String, Set<String>> events) {
        return broken(retained, events, Map.of());
    }

    /**
     * The rules that these configs break, each as {@code number: where: what}.
     *
     * @param retained topics and payloads
     * @param events the events of each device that has some, by the device's id
     * @param recorded what was published on each topic; all that the contract lets stand there is looked at anyway
     */
    public static List<String> broken(
            Map<String, String> retained, Map<String, Set<String>> events, Map<String, List<String>> recorded) {
        DiscoveryRules rules = new DiscoveryRules(retained, events, recorded);
        try {
            rules.check();
        } catch (IllegalStateException
                | UnsupportedOperationException
                | ClassCastException
                | NullPointerException
                | IndexOutOfBoundsException e) {
            rules.faults.add("3: something required is missing or of another kind: " + e);
        }
        return rules.faults;
    }

    /** The {@code unique_id}s with their components. */
    public static Set<String> ids(Map<String, String> retained) {
        Set<String> ids = new HashSet<>();
        DiscoveryEntity.all(new DiscoveryRules(retained, Map.of(), Map.of()).configs)
                .forEach(entity -> ids.add(entity.component() + " " + entity.text("unique_id")));
        return ids;
    }

    private void check() {
        configs.forEach((topic, config) -> {
            rule(1, topic, DiscoveryKeys.TOPIC.matcher(topic).matches(), "topic");
            device(topic, config);
            origin(topic, config);
            if (topic.contains("/device/")) {
                whole(topic, config);
            }
        });
        List<DiscoveryEntity> entities = DiscoveryEntity.all(configs);
        entities.forEach(this::entity);
        unique(entities, "default_entity_id", 8, DiscoveryEntity::text);
        unique(entities, "unique_id", 9, (entity, key) -> entity.component() + " " + entity.text(key));
    }

    private void rule(int number, String where, boolean kept, String what) {
        if (!kept) {
            faults.add(number + ": " + where + ": " + what);
        }
    }

    private void device(String where, JsonObject config) {
        JsonObject device = config.getAsJsonObject("device");
        rule(4, where, DiscoveryKeys.DEVICE.containsAll(device.keySet()), "keys of device " + device.keySet());
        // core, schemas.py, validate_device_has_at_least_one_identifier
        rule(5, where, device.has("identifiers") || device.has("connections"), "no identifier");
        if (device.has("connections")) {
            device.getAsJsonArray("connections")
                    .forEach(pair -> rule(5, where, pair.getAsJsonArray().size() == 2, "a connection is a pair"));
        }
        // core, pull request 131588: a device that is named and not announced appears as "Unnamed device"
        if (device.has("via_device")) {
            String via = device.get("via_device").getAsString();
            String own = device.getAsJsonArray("identifiers").get(0).getAsString();
            boolean announced = configs.values().stream()
                    .anyMatch(other -> other.getAsJsonObject("device")
                            .getAsJsonArray("identifiers")
                            .get(0)
                            .getAsString()
                            .equals(via));
            rule(6, where, announced && !via.equals(own), "via_device " + via);
        }
        url(where, device, "configuration_url");
    }

    /** core, helpers/config_validation.py, url: http or https, and a host. */
    private void url(String where, JsonObject map, String key) {
        if (map.has(key)) {
            boolean right;
            try {
                URI url = URI.create(map.get(key).getAsString());
                right = List.of("http", "https").contains(url.getScheme())
                        && url.getAuthority() != null
                        && url.getAuthority().matches("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(:\\d+)?");
            } catch (IllegalArgumentException e) {
                right = false;
            }
            rule(7, where, right, map.get(key).getAsString());
        }
    }

    private void origin(String where, JsonObject config) {
        JsonObject origin = config.getAsJsonObject("origin");
        rule(4, where, DiscoveryKeys.ORIGIN.containsAll(origin.keySet()), "keys of origin " + origin.keySet());
        rule(3, where, origin.has("name"), "origin without a name");
        url(where, origin, "support_url");
    }

    /** home-assistant.io, mqtt.markdown, "Device discovery payload". */
    private void whole(String where, JsonObject config) {
        rule(12, where, !config.has("availability") && !config.has("availability_topic"), "availability at the root");
        boolean rightRoot = Stream.concat(DiscoveryKeys.ROOT.stream(), Stream.of("availability", "availability_topic"))
                .toList()
                .containsAll(config.keySet());
        rule(16, where, rightRoot, "keys of the root " + config.keySet());
        config.getAsJsonObject("components").entrySet().forEach(entry -> {
            JsonObject component = entry.getValue().getAsJsonObject();
            rule(16, where, component.has("platform"), entry.getKey() + " has no platform");
            rule(16, where, component.has("unique_id"), entry.getKey() + " has no unique_id");
            rule(16, where, !component.has("device") && !component.has("origin"), entry.getKey() + " has a device");
        });
    }

    private void entity(DiscoveryEntity entity) {
        String where = entity.where();
        List<Set<String>> allowed = DiscoveryKeys.KEYS.get(entity.component());
        if (allowed == null) {
            rule(16, where, false, "no component " + entity.component());
            return;
        }
        entity.keys().keySet().stream()
                .filter(key -> !DiscoveryKeys.COMMON.contains(key)
                        && allowed.stream().noneMatch(keys -> keys.contains(key))
                        && !key.equals("object_id"))
                .forEach(key -> rule(2, where, false, "unknown key " + key));
        allowed.get(0).forEach(key -> rule(3, where, entity.keys().has(key), "no " + key));
        List.of("unique_id", "default_entity_id", "name")
                .forEach(key -> rule(3, where, entity.keys().has(key), "no " + key));
        rule(3, where, entity.text("qos").equals("1"), "qos is not 1");
        ids(entity);
        values(entity);
        availability(entity);
        topics(entity);
        payloads(entity);
        // home-assistant.io, mqtt.markdown: a retained command would be carried out again at each start
        rule(15, where, !entity.text("retain").equals("true"), "retain");
        // developers.home-assistant, blog of 2023-07-21: the device's name is taken away, with a warning
        String device = entity.device().get("name").getAsString().toLowerCase(Locale.ROOT);
        rule(18, where, !entity.text("name").toLowerCase(Locale.ROOT).startsWith(device), "begins with " + device);
    }

    /** core, const.py and entity.py: default_entity_id replaces object_id since 2025.10; core.py, VALID_ENTITY_ID. */
    private void ids(DiscoveryEntity entity) {
        rule(8, entity.where(), !entity.keys().has("object_id"), "object_id");
        String id = entity.text("default_entity_id");
        boolean right = id.matches(entity.component() + "\\.[a-z0-9_]+") && !id.contains("__") && !id.endsWith("_");
        rule(8, entity.where(), right, "default_entity_id " + id);
        rule(9, entity.where(), entity.text("unique_id").startsWith(entity.identifier() + "_"), "unique_id of another");
    }

    private void values(DiscoveryEntity entity) {
        String where = entity.where();
        JsonObject keys = entity.keys();
        String deviceClass = entity.text("device_class");
        // core, sensor.py, validate_sensor_state_and_device_class_config
        boolean isEnum = deviceClass.equals("enum");
        rule(10, where, keys.has("options") == isEnum, "options go with enum");
        rule(10, where, !isEnum || (!keys.has("state_class") && !keys.has("unit_of_measurement")), "enum with a unit");
        List<String> options = DiscoveryKeys.OPTIONS.getOrDefault(entity.object(), List.of());
        if (entity.component().equals("sensor")) {
            rule(10, where, texts(keys, "options").equals(options), "options are not the contract's");
        }
        if (entity.component().equals("event")) {
            Set<String> types = new HashSet<>(texts(keys, "event_types"));
            Set<String> wanted = deviceClass.equals("doorbell")
                    ? Set.of("ring") // developers.home-assistant, blog of 2026-04-15
                    : events.getOrDefault(entity.identifier(), Set.of());
            rule(11, where, types.equals(wanted), "event_types " + types);
        }
        // core, entity.py: sensors cannot be of the category config
        Set<String> categories =
                entity.component().contains("sensor") || entity.component().equals("event")
                        ? Set.of("", "diagnostic")
                        : Set.of("", "diagnostic", "config");
        rule(13, where, categories.contains(entity.text("entity_category")), "entity_category");
    }

    private static List<String> texts(JsonObject map, String key) {
        List<String> texts = new ArrayList<>();
        if (map.has(key)) {
            map.getAsJsonArray(key).forEach(text -> texts.add(text.getAsString()));
        }
        return texts;
    }

    /** core, schemas.py: availability and availability_topic exclude each other. */
    private void availability(DiscoveryEntity entity) {
        JsonObject keys = entity.keys();
        boolean list = keys.has("availability");
        boolean none = entity.component().equals("event") || entity.identifier().equals("bellwire_bridge");
        rule(12, entity.where(), list != none && !keys.has("availability_topic"), "availability");
        if (list) {
            List<String> topics = new ArrayList<>();
            for (JsonElement one : keys.getAsJsonArray("availability")) {
                JsonObject map = one.getAsJsonObject();
                rule(4, entity.where(), DiscoveryKeys.AVAILABILITY.containsAll(map.keySet()), "keys of availability");
                topics.add(map.get("topic").getAsString());
            }
            String phone = entity.identifier().substring("bellwire_".length());
            rule(
                    12,
                    entity.where(),
                    topics.equals(List.of("bellwire/bridge/status", "bellwire/" + phone + "/availability"))
                            && entity.text("availability_mode").equals("all"),
                    "availability " + topics);
        }
    }

    /** core, util.py: valid_subscribe_topic takes wildcards, valid_publish_topic does not. */
    private void topics(DiscoveryEntity entity) {
        String phone = entity.identifier().substring("bellwire_".length());
        entity.keys().entrySet().stream()
                .filter(key -> key.getKey().endsWith("_topic"))
                .forEach(key -> {
                    String topic = key.getValue().getAsString();
                    boolean right = DiscoveryKeys.TOPICS.matcher(topic).matches()
                            && topic.startsWith("bellwire/" + phone + "/")
                            && (!key.getKey().equals("command_topic") || !topic.contains("+"));
                    rule(14, entity.where(), right, key.getKey() + " " + topic);
                });
    }

    /** What stands on the topics that it reads, and what it sends. */
    private void payloads(DiscoveryEntity entity) {
        Map<String, List<String>> contract = contracts.computeIfAbsent(
                entity.identifier(),
                id -> ContractPayloads.of(id.substring("bellwire_".length()), events.getOrDefault(id, Set.of())));
        for (Map<String, List<String>> payloads : List.of(contract, recorded)) {
            PayloadRule.faults(entity.component(), entity.keys(), payloads)
                    .forEach(fault -> rule(17, entity.where(), false, fault));
        }
    }

    private interface Key {
        String of(DiscoveryEntity entity, String key);
    }

    private void unique(List<DiscoveryEntity> entities, String key, int number, Key value) {
        Set<String> seen = new HashSet<>();
        entities.forEach(
                entity -> rule(number, entity.where(), seen.add(value.of(entity, key)), "two with one " + key));
    }
}
