package org.bellwire.homeassistant;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All entities that there are. A set of them is a number with one bit for each row. */
public final class EntityTable {

    /** Empty is "unknown": else Home Assistant shows an empty text while it runs and "unknown" after its restart. */
    private static final String EMPTY_IS_NONE = "{{ value if value else 'None' }}";

    private static final String RINGING = "{{ ('ON' if value == 'ringing' else 'OFF') if value else 'None' }}";
    private static final String DIALLED = "^[0-9A-Za-z*#+._@-]*$";

    /**
     * The order is the one of the contract. No object is the end of another of its component behind a {@code _}: else the
     * entities of phones {@code a} and {@code a_b} could have one id.
     */
    static final List<EntityRow> ROWS = List.of(
            EntityRow.of("binary_sensor", "connected", "Connected", HomeDevice.BRIDGE)
                    .always()
                    .with("state_topic", "./status")
                    .with("payload_on", "online")
                    .with("payload_off", "offline")
                    .with("device_class", "connectivity")
                    .with("entity_category", "diagnostic"),
            EntityRow.of("event", "event", "Event", "event/vendor_event")
                    .always() // or the last event would be replayed when the phone comes back
                    .with("state_topic", "./event/+")
                    .with("json_attributes_topic", "./event/+")
                    .with("event_types", EntityRow.ALL_EVENTS),
            EntityRow.of("event", "bell", "Bell", "event/door_bell")
                    .always()
                    .with("state_topic", "./event/door_bell")
                    .with("value_template", "{\"event_type\": \"ring\"}")
                    .with("device_class", "doorbell")
                    .with("event_types", List.of("ring")),
            sensor("call", "Call")
                    .with("device_class", "enum")
                    .with("options", List.of("idle", "ringing", "dialing", "connected", "held"))
                    .with("json_attributes_topic", "./state/calls")
                    .with("json_attributes_template", "{{ {'calls': value_json} | tojson }}"),
            sensor("peer_number", "Peer number"),
            sensor("peer_name", "Peer name"),
            sensor("missed", "Missed calls").with("state_class", "measurement"),
            sensor("registration", "Registration")
                    .with("device_class", "enum")
                    .with("options", List.of("registered", "unregistered", "failed"))
                    .with("entity_category", "diagnostic"),
            sensor("ip", "IP address").with("entity_category", "diagnostic").with("enabled_by_default", false),
            binary("off_hook", "Off hook"),
            binary("busy", "Busy"),
            EntityRow.of("binary_sensor", "ringing", "Ringing", "state/call")
                    .with("state_topic", "./state/call")
                    .with("value_template", RINGING),
            binary("door", "Door")
                    .with("payload_on", "open")
                    .with("payload_off", "closed")
                    .with("device_class", "door"),
            toggle("dnd", "Do not disturb"),
            toggle("mute", "Mute"),
            EntityRow.of("text", "dial", "Dial", "command/dial")
                    .with("command_topic", "./command/dial")
                    .with("state_topic", "./result/dial")
                    .with("value_template", "{{ '' }}") // the field empties, and takes the same number again
                    .with("min", 0)
                    .with("max", 64)
                    .with("pattern", DIALLED),
            button("answer", "Answer"),
            button("hangup", "Hang up"),
            button("reject", "Reject"),
            button("hold", "Hold"),
            button("resume", "Resume"),
            button("redial", "Redial"),
            EntityRow.of("button", "missed_reset", "Reset missed calls", "state/missed", "command/missed")
                    .with("command_topic", "./command/missed")
                    .with("payload_press", "RESET"),
            button("reboot", "Reboot").with("device_class", "restart").with("entity_category", "config"),
            button("open", "Open"));

    private EntityTable() {}

    private static EntityRow sensor(String state, String name) {
        return EntityRow.of("sensor", state, name, "state/" + state)
                .with("state_topic", "./state/" + state)
                .with("value_template", EMPTY_IS_NONE);
    }

    private static EntityRow binary(String state, String name) {
        return EntityRow.of("binary_sensor", state, name, "state/" + state)
                .with("state_topic", "./state/" + state)
                .with("value_template", EMPTY_IS_NONE); // a group's strongest member may not report it
    }

    private static EntityRow toggle(String what, String name) {
        return EntityRow.of("switch", what, name, "state/" + what, "command/" + what)
                .with("state_topic", "./state/" + what)
                .with("command_topic", "./command/" + what);
    }

    private static EntityRow button(String command, String name) {
        return EntityRow.of("button", command, name, "command/" + command)
                .with("command_topic", "./command/" + command)
                .with("payload_press", "PRESS");
    }

    /** What a device with these abilities has. */
    static long of(Set<String> abilities) {
        return bits(row -> abilities.containsAll(row.needs()));
    }

    /** The one with this key, such as {@code sensor/call}; 0: there is none. */
    static long of(String key) {
        return bits(row -> row.key().equals(key));
    }

    static Stream<EntityRow> rows(long set) {
        return IntStream.range(0, ROWS.size()).filter(i -> (set >> i & 1) != 0).mapToObj(ROWS::get);
    }

    /** Those of phones and groups, such as {@code sensor/call}: what examples may name. */
    public static Set<String> keys() {
        return ROWS.stream()
                .filter(row -> !row.needs().contains(HomeDevice.BRIDGE))
                .map(EntityRow::key)
                .collect(Collectors.toUnmodifiableSet());
    }

    static Set<String> components() {
        return ROWS.stream().map(EntityRow::component).collect(Collectors.toUnmodifiableSet());
    }

    private static long bits(Predicate<EntityRow> those) {
        return IntStream.range(0, ROWS.size())
                .filter(i -> those.test(ROWS.get(i)))
                .mapToLong(i -> 1L << i)
                .reduce(0, (a, b) -> a | b);
    }
}
