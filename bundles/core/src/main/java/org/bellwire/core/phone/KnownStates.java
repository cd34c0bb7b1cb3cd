package org.bellwire.core.phone;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.SwitchValue;
import org.bellwire.api.spi.EventTable;
import org.bellwire.api.spi.ReadBack;

/** The states of one phone. Not thread-safe: its session guards it. */
final class KnownStates {

    /** What a phone that has just started has not. */
    private static final Set<Property> AFTER_BOOT = EnumSet.of(Property.OFF_HOOK, Property.MUTE, Property.BUSY);

    private final Map<Property, String> states = new EnumMap<>(Property.class);
    private Optional<StateQuestions> questions = Optional.empty();

    /** Made with the first use: few vendors' phones can be asked. */
    StateQuestions questions() {
        StateQuestions mine = questions.orElseGet(StateQuestions::new);
        questions = Optional.of(mine);
        return mine;
    }

    /** Notes a state, and that it has changed if it has. */
    void set(Property property, String value, Map<Property, String> changes) {
        questions.ifPresent(asked -> asked.told(property));
        String shortened = property == Property.CALLS ? value : StateText.cut(value);
        if (!shortened.equals(states.put(property, shortened))) {
            changes.put(property, shortened);
        }
    }

    /** What an event sets by its meaning, as far as this vendor's phones have it. */
    void meant(EventTable table, EventType type, Map<Property, String> changes) {
        type.sets().forEach((property, value) -> {
            if (table.has(property)) {
                set(property, value, changes);
            }
        });
    }

    /** The phone has just started. */
    void booted(EventTable table, Map<Property, String> changes) {
        for (Property off : AFTER_BOOT) {
            if (table.has(off)) {
                set(off, SwitchValue.OFF.wire(), changes);
            }
        }
    }

    /** What the phone answered, but for what events told since it was asked and what calls tell. */
    void learn(EventTable table, ReadBack.State seen, Map<Property, String> changes) {
        seen.states().forEach((property, value) -> {
            if (table.has(property)
                    && !CallStates.PROPERTIES.contains(property)
                    && questions().isNewsOf(property)) {
                set(property, value, changes);
            }
        });
    }

    Optional<String> get(Property property) {
        return Optional.ofNullable(states.get(property));
    }

    Map<Property, String> all() {
        return states.isEmpty() ? Map.of() : new EnumMap<>(states);
    }

    /** Those that the calls do not tell. */
    Map<Property, String> own() {
        Map<Property, String> own = new EnumMap<>(states);
        own.keySet().removeAll(CallStates.PROPERTIES);
        return own;
    }

    void forget() {
        states.clear();
    }

    /** Goes on from there, with what this vendor's phones have. */
    void restore(Map<Property, String> before, EventTable table) {
        states.putAll(before);
        states.keySet().retainAll(table.properties());
    }
}
