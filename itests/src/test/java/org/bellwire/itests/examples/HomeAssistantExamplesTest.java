package org.bellwire.itests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The automations in docs/examples/home-assistant are ones that Home Assistant reads, and no restart fires them. */
final class HomeAssistantExamplesTest {

    private static final String RIGHT = """
            automation:
              - id: right
                alias: Right
                triggers:
                  - trigger: state
                    entity_id: binary_sensor.bellwire_reception_ringing
                    not_from: [unavailable, unknown]
                    to: "on"
                actions:
                  - action: mqtt.publish
                    data:
                      topic: bellwire/reception/command/answer
                      payload: PRESS
                      qos: 1
                      retain: false
            """;

    static List<ExampleFile> files() {
        return ExampleFile.ending(".yaml");
    }

    private static Map<String, Object> load(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options)).load(text);
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, Object>> automations(String text) {
        return ((List<Map<String, Object>>) load(text).getOrDefault("automation", List.of())).stream();
    }

    private static List<String> faults(String text) {
        return automations(text)
                .flatMap(automation -> AutomationCheck.faults(automation).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void file_is_a_package_with_automations(ExampleFile file) {
        assertThat(load(file.text()).keySet())
                .isSubsetOf("automation", "input_text")
                .contains("automation");
        assertThat(automations(file.text())).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void automations_have_known_keys_and_no_restart_fires_them(ExampleFile file) {
        assertThat(faults(file.text())).as(file.name()).isEmpty();
    }

    @Test
    void automations_have_ids_of_their_own() {
        assertThat(files().stream().flatMap(file -> automations(file.text())).map(automation -> automation.get("id")))
                .hasSizeGreaterThan(8)
                .doesNotHaveDuplicates();
    }

    @Test
    void right_automation_has_no_fault() {
        assertThat(faults(RIGHT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not_from: [unavailable, unknown] | not_to: [unavailable]",
                "not_from: [unavailable, unknown] | not_from: [unknown]",
                "not_from: [unavailable, unknown] | from: 'off'",
                "trigger: state                   | trigger: states",
                "trigger: state                   | platform: state",
                "entity_id:                       | entity:",
                "to: \"on\"                       | to: on",
                "retain: false                    | retain: true",
                "qos: 1                           | qos: 0",
                "retain: false                    | retained: false",
                "action: mqtt.publish             | service: mqtt.publish",
                "actions:                         | action:",
                "alias: Right                     | mode: once",
            })
    void wrong_automation_is_found(String right, String wrong) {
        assertThat(RIGHT).contains(right);
        assertThat(faults(RIGHT.replace(right, wrong))).isNotEmpty();
    }

    @Test
    void trigger_waits_for_what_the_automations_publish() {
        Properties trigger = SettingsCheck.in(ExampleFile.named("home-assistant/org.bellwire.trigger-front-door.cfg"))
                .get(0)
                .keys();
        assertThat(ExampleFile.named("home-assistant/door-bell.yaml").text())
                .contains("topic: " + trigger.getProperty("topic") + "\n")
                .contains("payload: " + trigger.getProperty("payload") + "\n")
                .contains("topic: " + trigger.getProperty("cancel.topic") + "\n");
    }
}
