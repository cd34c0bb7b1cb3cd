package org.bellwire.testkit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which keys, topics and values a config may have. Where none names a source it is the contract's. Sources are those of the
 * projects home-assistant/core (folder homeassistant/components/mqtt) and home-assistant/home-assistant.io (source/_integrations).
 */
final class DiscoveryKeys {

    /** home-assistant.io, mqtt.markdown, "MQTT Discovery": letters, digits, underscore and hyphen, nothing else. */
    static final Pattern TOPIC = Pattern.compile("homeassistant/(\\w+)/([A-Za-z0-9_-]+)/config");

    /** core, schemas.py, MQTT_ENTITY_COMMON_SCHEMA and MQTT_BASE_SCHEMA. */
    static final Set<String> COMMON = Set.of(
            "unique_id",
            "device",
            "origin",
            "name",
            "default_entity_id",
            "availability",
            "availability_mode",
            "availability_topic",
            "availability_template",
            "payload_available",
            "payload_not_available",
            "enabled_by_default",
            "entity_category",
            "icon",
            "entity_picture",
            "json_attributes_topic",
            "json_attributes_template",
            "qos",
            "encoding");

    /** core, schemas.py, MQTT_ENTITY_DEVICE_INFO_SCHEMA: an unknown key refuses the config. */
    static final Set<String> DEVICE = Set.of(
            "identifiers",
            "connections",
            "manufacturer",
            "model",
            "model_id",
            "name",
            "hw_version",
            "serial_number",
            "sw_version",
            "via_device",
            "suggested_area",
            "configuration_url");

    /** core, schemas.py, MQTT_ORIGIN_INFO_SCHEMA. */
    static final Set<String> ORIGIN = Set.of("name", "sw_version", "support_url");

    static final Set<String> AVAILABILITY =
            Set.of("topic", "payload_available", "payload_not_available", "value_template");

    /** home-assistant.io, the pages event.mqtt, sensor.mqtt and so on: required keys, then those allowed beside. */
    static final Map<String, List<Set<String>>> KEYS = Map.of(
            "event", List.of(Set.of("state_topic", "event_types"), Set.of("value_template", "device_class")),
            "sensor",
                    List.of(
                            Set.of("state_topic"),
                            Set.of(
                                    "value_template",
                                    "device_class",
                                    "options",
                                    "state_class",
                                    "unit_of_measurement",
                                    "suggested_display_precision",
                                    "expire_after",
                                    "force_update")),
            "binary_sensor",
                    List.of(
                            Set.of("state_topic"),
                            Set.of(
                                    "value_template",
                                    "device_class",
                                    "payload_on",
                                    "payload_off",
                                    "off_delay",
                                    "expire_after",
                                    "force_update")),
            "switch",
                    List.of(
                            Set.of("command_topic"),
                            Set.of(
                                    "state_topic",
                                    "value_template",
                                    "command_template",
                                    "payload_on",
                                    "payload_off",
                                    "state_on",
                                    "state_off",
                                    "optimistic",
                                    "retain",
                                    "device_class")),
            "text",
                    List.of(
                            Set.of("command_topic"),
                            Set.of(
                                    "state_topic",
                                    "value_template",
                                    "command_template",
                                    "min",
                                    "max",
                                    "mode",
                                    "pattern",
                                    "optimistic",
                                    "retain")),
            "button",
                    List.of(
                            Set.of("command_topic"),
                            Set.of("payload_press", "command_template", "retain", "device_class")));

    /** core, schemas.py, DEVICE_DISCOVERY_SCHEMA. */
    static final Set<String> ROOT = Set.of("device", "origin", "components", "qos", "encoding");

    static final Map<String, List<String>> OPTIONS = Map.of(
            "call", List.of("idle", "ringing", "dialing", "connected", "held"),
            "registration", List.of("registered", "unregistered", "failed"));

    static final Pattern TOPICS = Pattern.compile(
            "bellwire/(bridge/status|[a-z0-9][a-z0-9_-]{0,63}/(availability|event/(\\+|[a-z_]+)|state/[a-z_]+|command/[a-z_]+|result/[a-z_]+))");

    private DiscoveryKeys() {}
}
