package org.bellwire.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What Home Assistant makes of what stands on the topics of an entity. It knows exactly the templates that Bellwire ships, each
 * written here a second time as code; any other one is a fault, since nobody has said what it must yield.
 */
final class PayloadRule {

    /** core, const.py, MAX_LENGTH_STATE_STATE. */
    private static final int MAX_STATE = 255;

    private static final String NONE = "None";

    private static final Map<String, UnaryOperator<String>> TEMPLATES = Map.of(
            "",
            payload -> payload,
            "{{ value if value else 'None' }}",
            payload -> payload.isEmpty() ? NONE : payload,
            "{{ ('ON' if value == 'ringing' else 'OFF') if value else 'None' }}",
            payload -> payload.isEmpty() ? NONE : payload.equals("ringing") ? "ON" : "OFF",
            "{{ '' }}",
            payload -> "",
            "{\"event_type\": \"ring\"}",
            payload -> "{\"event_type\": \"ring\"}",
            "{{ {'calls': value_json} | tojson }}",
            payload -> "{\"calls\": " + JsonParser.parseString(payload) + "}");

    /** What a command takes, of those that entities send without a number. */
    private static final Map<String, Set<String>> COMMANDS =
            Map.of("missed", Set.of("RESET"), "dnd", Set.of("ON", "OFF"), "mute", Set.of("ON", "OFF"));

    private final String component;
    private final JsonObject keys;

    private PayloadRule(String component, JsonObject keys) {
        this.component = component;
        this.keys = keys;
    }

    /**
     * What is wrong.
     *
     * @param payloads by topic
     */
    static List<String> faults(String component, JsonObject keys, Map<String, List<String>> payloads) {
        PayloadRule rule = new PayloadRule(component, keys);
        List<String> faults = new ArrayList<>(rule.sent());
        payloads.forEach((topic, all) -> all.forEach(payload -> {
            if (rule.reads("state_topic", topic)) {
                rule.stateFault(payload).ifPresent(what -> faults.add(what + " of " + topic + ": " + payload));
            }
            if (rule.reads("json_attributes_topic", topic)
                    && rule.value("json_attributes_template", payload)
                            .flatMap(PayloadRule::object)
                            .isEmpty()) {
                faults.add("no attributes of " + topic + ": " + payload);
            }
            if (rule.isAvailability(topic) && !Set.of("online", "offline").contains(payload)) {
                faults.add("no availability on " + topic + ": " + payload);
            }
        }));
        return faults;
    }

    private boolean reads(String key, String topic) {
        String filter = text(key, "");
        return filter.equals(topic)
                || (filter.endsWith("/+")
                        && topic.startsWith(filter.substring(0, filter.length() - 1))
                        && topic.indexOf('/', filter.length() - 1) < 0);
    }

    private boolean isAvailability(String topic) {
        return keys.has("availability")
                && keys.getAsJsonArray("availability").asList().stream()
                        .anyMatch(one ->
                                one.getAsJsonObject().get("topic").getAsString().equals(topic));
    }

    private String text(String key, String otherwise) {
        return keys.has(key) ? keys.get(key).getAsString() : otherwise;
    }

    /** What a template yields; empty: nothing, or it is unknown. */
    private Optional<String> value(String template, String payload) {
        try {
            return Optional.ofNullable(TEMPLATES.get(text(template, ""))).map(known -> known.apply(payload));
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonObject> object(String json) {
        try {
            JsonElement element = JsonParser.parseString(json);
            return element.isJsonObject() ? Optional.of(element.getAsJsonObject()) : Optional.empty();
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    private Optional<String> stateFault(String payload) {
        Optional<String> value = value("value_template", payload);
        if (value.isEmpty()) {
            return Optional.of("unknown template " + text("value_template", "none") + ", or nothing");
        }
        String state = value.get();
        return switch (component) {
            case "sensor" -> sensorFault(state);
            case "binary_sensor" -> oneOf(state, text("payload_on", "ON"), text("payload_off", "OFF"));
            case "switch" ->
                oneOf(state, text("state_on", text("payload_on", "ON")), text("state_off", text("payload_off", "OFF")));
            case "event" -> eventFault(state);
            case "text" -> textFault(state);
            default -> Optional.of(component + " reads no state");
        };
    }

    /** core, sensor.py: an empty state is ignored, so that the old one stays; None is unknown; else one of the options. */
    private Optional<String> sensorFault(String state) {
        if (state.isEmpty()) {
            return Optional.of("an empty state would be ignored");
        }
        if (state.length() > MAX_STATE) {
            return Optional.of("longer than a state may be");
        }
        boolean option = !keys.has("options") || texts("options").contains(state);
        boolean number = !keys.has("state_class") || state.matches("-?[0-9]+(\\.[0-9]+)?");
        boolean right = state.equals(NONE) || (option && number);
        return right ? Optional.empty() : Optional.of("none of the options, or no number");
    }

    /** core, binary_sensor.py and switch.py: anything else is noted in the log and ignored. */
    private static Optional<String> oneOf(String state, String on, String off) {
        return Set.of(on, off, NONE).contains(state) ? Optional.empty() : Optional.of("neither " + on + " nor " + off);
    }

    /** core, event.py: a JSON object with one of the types. */
    private Optional<String> eventFault(String state) {
        boolean right = object(state)
                .filter(event -> event.has("event_type")
                        && texts("event_types").contains(event.get("event_type").getAsString()))
                .isPresent();
        return right ? Optional.empty() : Optional.of("none of event_types");
    }

    /** core, text.py: a state that breaks min, max or pattern is an error. */
    private Optional<String> textFault(String state) {
        boolean right = state.length() >= Integer.parseInt(text("min", "0"))
                && state.length() <= Integer.parseInt(text("max", "255"))
                && state.matches(text("pattern", ".*"));
        return right ? Optional.empty() : Optional.of("no such text");
    }

    /** What it sends is what the command takes. */
    private List<String> sent() {
        Set<String> all = new HashSet<>();
        if (component.equals("button")) {
            all.add(text("payload_press", "PRESS"));
        } else if (component.equals("switch")) {
            all.addAll(List.of(text("payload_on", "ON"), text("payload_off", "OFF")));
        }
        String topic = text("command_topic", "");
        Set<String> taken = COMMANDS.getOrDefault(topic.substring(topic.lastIndexOf('/') + 1), Set.of("PRESS"));
        return all.stream()
                .filter(payload -> !taken.contains(payload))
                .map(payload -> topic + " does not take " + payload)
                .toList();
    }

    private List<String> texts(String key) {
        return keys.getAsJsonArray(key).asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
