package org.bellwire.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.testkit.DiscoveryRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All that is announced keeps the rules, and each rule notices a config that breaks it. */
class DiscoveryRulesTest {

    private final HomeScene scene = new HomeScene();
    private final Map<String, Set<String>> events = new HashMap<>();

    @AfterEach
    void leave() {
        scene.close();
    }

    private HomeScene building() {
        HomeScene.VENDORS.forEach(vendor -> {
            String id = vendor.info().id();
            phone("front-" + id, id, "Empfang \"Süd\" \\ {{ 7 }}", Optional.of("http://192.0.2.7/"), Set.of());
            phone(
                    "all_of-" + id,
                    id,
                    "All",
                    Optional.of("https://[2001:db8::1]:8443/"),
                    EnumSet.allOf(CommandName.class));
            phone(id, id, "no host", Optional.empty(), Set.of());
        });
        String vendor = HomeScene.VENDORS.get(0).info().id();
        phone("a", vendor, "Call", Optional.of("http://[fe80::1%eth0]/"), Set.of());
        phone("a_b", vendor, "D", Optional.of("http:// /"), Set.of());
        phone("a-b", vendor, "", Optional.empty(), Set.of());
        phone("a--b", vendor, " ", Optional.empty(), Set.of());
        phone("a_b_call", vendor, "\u0007\u202e", Optional.empty(), Set.of());
        phone("0" + "_-".repeat(31) + "_", vendor, "n".repeat(300), Optional.empty(), Set.of());
        scene.group("floor2", "Floor 2", "a", "all_of-" + vendor);
        scene.group("nobody", "", new String[0]);
        return scene;
    }

    private void phone(String id, String vendor, String name, Optional<String> url, Set<CommandName> allowed) {
        scene.phone(id, vendor, name, url, allowed);
        Set<String> all = new HashSet<>();
        HomeScene.VENDORS.stream()
                .filter(binding -> binding.info().id().equals(vendor))
                .forEach(binding ->
                        binding.events().events().stream().map(EventType::wire).forEach(all::add));
        events.put("bellwire_" + id, all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"component", "device"})
    void all_vendors_groups_and_odd_ids_keep_every_rule(String style) {
        building().start("style", style);
        assertThat(scene.broker.retained()).hasSizeGreaterThan(HomeScene.VENDORS.size() * 3);
        assertThat(DiscoveryRules.broken(scene.broker.retained(), events)).isEmpty();
    }

    @Test
    void both_styles_announce_the_same_entities() {
        building().start();
        Set<String> single = DiscoveryRules.ids(scene.broker.retained());
        scene.set("style", "device");
        assertThat(scene.broker.retained().keySet()).allMatch(topic -> topic.startsWith("homeassistant/device/"));
        assertThat(DiscoveryRules.ids(scene.broker.retained())).as("rule 19").isEqualTo(single);
    }

    private record Break(int rule, String what, String topic, Consumer<JsonObject> change) {
        @Override
        public String toString() {
            return rule + " " + what;
        }
    }

    private static Arguments broken(int rule, String what, String object, Consumer<JsonObject> change) {
        return Arguments.of(new Break(rule, what, object, change));
    }

    private static JsonObject device(JsonObject config) {
        return config.getAsJsonObject("device");
    }

    private static final String CALL = "homeassistant/sensor/bellwire_p_call/config";
    private static final String NAME = "homeassistant/sensor/bellwire_p_peer_name/config";
    private static final String HOOK = "homeassistant/binary_sensor/bellwire_p_off_hook/config";
    private static final String ANSWER = "homeassistant/button/bellwire_p_answer/config";
    private static final String EVENT = "homeassistant/event/bellwire_p_event/config";
    private static final String DIAL = "homeassistant/text/bellwire_p_dial/config";

    static Stream<Arguments> breaks() {
        JsonArray three = JsonParser.parseString("[[\"mac\",\"a\",\"b\"]]").getAsJsonArray();
        JsonArray unknown = JsonParser.parseString("[{\"topic\":\"bellwire/p/availability\",\"x\":1}]")
                .getAsJsonArray();
        return Stream.of(
                broken(2, "unknown key", CALL, c -> c.addProperty("colour", "red")),
                broken(3, "no state topic", CALL, c -> c.remove("state_topic")),
                broken(3, "qos 0", CALL, c -> c.addProperty("qos", 0)),
                broken(4, "unknown key of device", CALL, c -> device(c).addProperty("vendor", "x")),
                broken(
                        4,
                        "unknown key of origin",
                        CALL,
                        c -> c.getAsJsonObject("origin").addProperty("url", "x")),
                broken(4, "unknown key of availability", CALL, c -> c.add("availability", unknown)),
                broken(5, "connection of three", CALL, c -> device(c).add("connections", three)),
                broken(6, "via nobody", CALL, c -> device(c).addProperty("via_device", "nobody")),
                broken(6, "via itself", CALL, c -> device(c).addProperty("via_device", "bellwire_p")),
                broken(7, "ftp", CALL, c -> device(c).addProperty("configuration_url", "ftp://h/")),
                broken(7, "no host", CALL, c -> device(c).addProperty("configuration_url", "http:///")),
                broken(7, "no brackets", CALL, c -> device(c).addProperty("configuration_url", "http://2001:db8::1/")),
                broken(8, "object_id", CALL, c -> c.addProperty("object_id", "x")),
                broken(8, "no domain", CALL, c -> c.addProperty("default_entity_id", "bellwire_p_call")),
                broken(8, "twice", CALL, c -> c.addProperty("default_entity_id", "sensor.bellwire_p_peer_name")),
                broken(9, "twice", CALL, c -> c.addProperty("unique_id", "bellwire_p_peer_name")),
                broken(10, "no options", CALL, c -> c.remove("options")),
                broken(
                        10,
                        "other options",
                        CALL,
                        c -> c.getAsJsonArray("options").add("busy")),
                broken(10, "a unit", CALL, c -> c.addProperty("unit_of_measurement", "s")),
                broken(
                        11,
                        "an event more",
                        EVENT,
                        c -> c.getAsJsonArray("event_types").add("x")),
                broken(11, "no ring", EVENT, c -> c.addProperty("device_class", "doorbell")),
                broken(12, "two kinds", CALL, c -> c.addProperty("availability_topic", "bellwire/p/availability")),
                broken(12, "none", CALL, c -> c.remove("availability")),
                broken(12, "of an event", EVENT, c -> c.add("availability", new JsonArray())),
                broken(13, "config", CALL, c -> c.addProperty("entity_category", "config")),
                broken(14, "another topic", CALL, c -> c.addProperty("state_topic", "bellwire/p/status/call")),
                broken(14, "a wildcard", DIAL, c -> c.addProperty("command_topic", "bellwire/p/command/+")),
                broken(15, "retain", DIAL, c -> c.addProperty("retain", true)),
                broken(17, "a template nobody knows", CALL, c -> c.addProperty("value_template", "{{ value }}")),
                broken(17, "an empty state", NAME, c -> c.remove("value_template")),
                broken(
                        17,
                        "an option less",
                        CALL,
                        c -> c.getAsJsonArray("options").remove(4)),
                broken(17, "other words", HOOK, c -> c.addProperty("payload_on", "yes")),
                broken(17, "a list as attributes", CALL, c -> c.remove("json_attributes_template")),
                broken(
                        17,
                        "an event less",
                        EVENT,
                        c -> c.getAsJsonArray("event_types").remove(0)),
                broken(17, "a result as text", DIAL, c -> c.remove("value_template")),
                broken(17, "no payload of the command", ANSWER, c -> c.addProperty("payload_press", "ON")),
                broken(18, "device's name", CALL, c -> c.addProperty("name", "Phone call")));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void a_broken_config_is_noticed_by_its_rule(Break wrong) {
        phone("p", "htek", "Phone", Optional.of("http://192.0.2.7/"), Set.of());
        scene.start();
        Map<String, String> retained = scene.broker.retained();
        assertThat(DiscoveryRules.broken(retained, events)).isEmpty();
        JsonObject config = JsonParser.parseString(retained.get(wrong.topic())).getAsJsonObject();
        wrong.change().accept(config);
        retained.put(wrong.topic(), config.toString());
        assertThat(DiscoveryRules.broken(retained, events)).anyMatch(fault -> fault.startsWith(wrong.rule() + ": "));
    }

    @Test
    void a_wrong_topic_is_noticed() {
        phone("p", "htek", "Phone", Optional.empty(), Set.of());
        scene.start();
        Map<String, String> retained = scene.broker.retained();
        String config = retained.remove(CALL);
        retained.put("homeassistant/sensor/bellwire_p.call/config", config);
        assertThat(DiscoveryRules.broken(retained, events)).anyMatch(fault -> fault.startsWith("1: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "unique_id"})
    void a_component_of_a_device_without_what_it_needs_is_noticed(String key) {
        phone("p", "htek", "Phone", Optional.empty(), Set.of());
        scene.start("style", "device");
        Map<String, String> retained = scene.broker.retained();
        String topic = "homeassistant/device/bellwire_p/config";
        JsonObject config = JsonParser.parseString(retained.get(topic)).getAsJsonObject();
        config.getAsJsonObject("components").getAsJsonObject("call").remove(key);
        retained.put(topic, config.toString());
        assertThat(DiscoveryRules.broken(retained, events)).anyMatch(fault -> fault.startsWith("16: "));
    }

    @Test
    void availability_and_unknown_keys_at_the_root_are_noticed() {
        phone("p", "htek", "Phone", Optional.empty(), Set.of());
        scene.start("style", "device");
        Map<String, String> retained = scene.broker.retained();
        String topic = "homeassistant/device/bellwire_p/config";
        JsonObject config = JsonParser.parseString(retained.get(topic)).getAsJsonObject();
        config.add("availability", new JsonArray());
        config.addProperty("name", "x");
        retained.put(topic, config.toString());
        assertThat(DiscoveryRules.broken(retained, events))
                .anyMatch(fault -> fault.startsWith("12: "))
                .anyMatch(fault -> fault.startsWith("16: "));
    }
}
