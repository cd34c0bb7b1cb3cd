package org.bellwire.api.spi;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.SwitchValue;
import org.bellwire.api.Variables;

/**
 * One event of a vendor.
 *
 * @param name the event in the vendor's words; in a URL only its letters and digits count
 * @param type what it means
 * @param aliases other names of the same event in other firmware
 * @param sets state that it sets beyond what {@code type} does
 * @param variants readings that depend on a variable
 * @param keys the vendor's configuration keys that hold this event's URL, in the order of the vendor's formats
 */
public record EventRow(
        String name,
        EventType type,
        List<String> aliases,
        Map<Property, String> sets,
        List<Variant> variants,
        List<String> keys) {

    /** The type that the row has when {@code variable} has {@code value} (without case). */
    public record Variant(String variable, String value, EventType type) {}

    public EventRow {
        aliases = List.copyOf(aliases);
        sets = Map.copyOf(sets);
        variants = List.copyOf(variants);
        keys = List.copyOf(keys);
    }

    /** Begins a row: the vendor's name for the event and its meaning. */
    public static EventRow on(String name, EventType type) {
        return new EventRow(name, type, List.of(), Map.of(), List.of(), List.of());
    }

    /** Adds names that other firmware uses. */
    public EventRow alias(String... more) {
        return new EventRow(name, type, concat(aliases, more), sets, variants, keys);
    }

    /** Adds the configuration keys that hold this event's URL. */
    public EventRow key(String... more) {
        return new EventRow(name, type, aliases, sets, variants, concat(keys, more));
    }

    /** Adds a state that this event sets. */
    public EventRow sets(Property property, SwitchValue value) {
        return sets(property, value.wire());
    }

    public EventRow sets(Property property, String value) {
        Map<Property, String> all = new EnumMap<>(Property.class);
        all.putAll(sets);
        all.put(property, value);
        return new EventRow(name, type, aliases, all, variants, keys);
    }

    /** Adds another meaning for when a variable has a certain value. */
    public EventRow when(String variable, String value, EventType meaning) {
        List<Variant> all = Stream.concat(variants.stream(), Stream.of(new Variant(variable, value, meaning)))
                .toList();
        return new EventRow(name, type, aliases, sets, all, keys);
    }

    /** What this event means with these variables. */
    public EventType typeFor(Variables variables) {
        for (Variant variant : variants) {
            Optional<String> value = variables.get(variant.variable());
            if (value.isPresent() && value.get().equalsIgnoreCase(variant.value())) {
                return variant.type();
            }
        }
        return type;
    }

    /** The name as generated URLs spell it: {@code Off-hook} is {@code off-hook}. */
    public String slug() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    private static List<String> concat(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }
}
