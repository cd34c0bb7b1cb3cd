package org.bellwire.itests.examples;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of Home Assistant's automations that the examples use, with its rules, and the ones that phones need: what comes back
 * from <i>unavailable</i> fires nothing, and no command is retained. Sources: the pages "Automation trigger", "Conditions" and
 * "Script syntax" of Home Assistant's documentation, 2024.10 and later.
 */
final class AutomationCheck {

    private static final Set<String> AUTOMATION =
            Set.of("id", "alias", "description", "mode", "max", "triggers", "variables", "conditions", "actions");
    private static final Set<String> MODES = Set.of("single", "restart", "queued", "parallel");
    private static final Map<String, Set<String>> TRIGGERS = Map.of(
            "state", Set.of("entity_id", "from", "to", "not_from", "not_to", "for", "attribute"),
            "mqtt", Set.of("topic", "payload", "value_template", "qos", "encoding"),
            "time", Set.of("at"),
            "event", Set.of("event_type", "event_data"));
    private static final Map<String, Set<String>> CONDITIONS = Map.of(
            "state", Set.of("entity_id", "state", "for", "attribute"),
            "numeric_state", Set.of("entity_id", "above", "below", "value_template"),
            "time", Set.of("after", "before", "weekday"),
            "template", Set.of("value_template"));
    private static final Map<String, Set<String>> ACTIONS = Map.of(
            "action", Set.of("target", "data"),
            "delay", Set.of(),
            "variables", Set.of(),
            "repeat", Set.of(),
            "wait_for_trigger", Set.of("timeout", "continue_on_timeout"));
    private static final Set<String> REPEAT = Set.of("count", "while", "until", "for_each", "sequence");
    private static final Set<String> NOT_THERE = Set.of("unavailable", "unknown");

    private final List<String> faults = new ArrayList<>();

    private AutomationCheck() {}

    static List<String> faults(Map<String, Object> automation) {
        AutomationCheck check = new AutomationCheck();
        check.automation(automation);
        return check.faults;
    }

    private void automation(Map<String, Object> automation) {
        known("automation", automation, AUTOMATION);
        for (String key : List.of("id", "alias", "triggers", "actions")) {
            require(automation.containsKey(key), "automation without " + key);
        }
        require(MODES.contains(automation.getOrDefault("mode", "single")), "no such mode");
        maps(automation.get("triggers")).forEach(this::trigger);
        maps(automation.getOrDefault("conditions", List.of())).forEach(this::condition);
        maps(automation.get("actions")).forEach(this::action);
    }

    private void trigger(Map<String, Object> trigger) {
        kind("trigger", trigger, TRIGGERS);
        if ("state".equals(trigger.get("trigger"))) {
            require(
                    texts(trigger.get("not_from")).containsAll(NOT_THERE),
                    "trigger without not_from: [unavailable, unknown]: " + trigger);
            require(!trigger.containsKey("from"), "from beside not_from: " + trigger);
            require(!(trigger.containsKey("to") && trigger.containsKey("not_to")), "to beside not_to: " + trigger);
            require(
                    trigger.containsKey("to") || texts(trigger.get("not_to")).containsAll(NOT_THERE),
                    "trigger that a restart fires: " + trigger);
            values(trigger.get("to"));
        }
        if ("mqtt".equals(trigger.get("trigger"))) {
            require(trigger.get("topic") instanceof String, "mqtt trigger without topic");
            require(Integer.valueOf(1).equals(trigger.get("qos")), "mqtt trigger without qos 1: " + trigger);
            values(trigger.get("payload"));
        }
    }

    private void condition(Map<String, Object> condition) {
        kind("condition", condition, CONDITIONS);
        values(condition.get("state"));
    }

    private void action(Map<String, Object> action) {
        if (action.containsKey("condition")) {
            condition(action);
            return;
        }
        List<String> kinds =
                ACTIONS.keySet().stream().filter(action::containsKey).toList();
        if (kinds.size() != 1) {
            faults.add("no action, or several: " + action);
            return;
        }
        String kind = kinds.get(0);
        known(kind, action, with(ACTIONS.getOrDefault(kind, Set.of()), kind));
        switch (kind) {
            case "repeat" -> repeat(map(action.get("repeat")));
            case "wait_for_trigger" -> {
                maps(action.get("wait_for_trigger")).forEach(this::trigger);
                require(action.containsKey("timeout"), "a wait without an end");
            }
            case "action" -> {
                require(String.valueOf(action.get("action")).matches("[a-z_]+\\.[a-z0-9_]+"), "no action: " + action);
                if ("mqtt.publish".equals(action.get("action"))) {
                    publish(map(action.get("data")));
                }
            }
            default -> {}
        }
    }

    private void repeat(Map<String, Object> repeat) {
        known("repeat", repeat, REPEAT);
        maps(repeat.getOrDefault("while", List.of())).forEach(this::condition);
        maps(repeat.get("sequence")).forEach(this::action);
    }

    private void publish(Map<String, Object> data) {
        known("mqtt.publish", data, Set.of("topic", "payload", "qos", "retain"));
        require(Boolean.FALSE.equals(data.get("retain")), "a message that is kept: " + data);
        require(Integer.valueOf(1).equals(data.get("qos")), "mqtt.publish without qos 1: " + data);
        values(data.get("payload"));
    }

    /** YAML makes a boolean of a bare on, off, yes or no, which no state is. */
    private void values(@Nullable Object value) {
        if (value instanceof Collection<?> several) {
            several.forEach(this::values);
        } else {
            require(!(value instanceof Boolean), "on and off, yes and no want quotes: " + value);
        }
    }

    private void kind(String key, Map<String, Object> map, Map<String, Set<String>> kinds) {
        Set<String> keys = kinds.get(String.valueOf(map.get(key)));
        if (keys == null) {
            faults.add("no " + key + " is called " + map.get(key));
        } else {
            known(key + " " + map.get(key), map, with(keys, key));
        }
    }

    private void known(String what, Map<String, Object> map, Set<String> keys) {
        map.keySet().stream()
                .filter(key -> !keys.contains(key))
                .forEach(key -> faults.add(what + " has no key " + key));
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            faults.add(otherwise);
        }
    }

    private static Set<String> with(Set<String> keys, String key) {
        Set<String> all = new HashSet<>(keys);
        all.add(key);
        return all;
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
    }

    private static List<Map<String, Object>> maps(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(AutomationCheck::map).toList()
                : List.of();
    }
}
