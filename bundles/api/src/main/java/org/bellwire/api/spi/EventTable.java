package org.bellwire.api.spi;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.Variables;

/** All events of a vendor, found by name; names match by their letters and digits only, without case. */
public final class EventTable {

    private final Optional<String> nameVariable;
    private final CallVariables callVariables;
    private final List<EventRow> rows;
    private final Map<String, EventRow> byName = new LinkedHashMap<>();
    private final Set<EventType> newer;
    private final Set<EventType> types = EnumSet.noneOf(EventType.class);
    private final Set<EventType> derived = EnumSet.noneOf(EventType.class);
    private final Set<Property> properties = EnumSet.noneOf(Property.class);
    private final Map<String, String> otherNames;
    private final boolean busyByCalls;

    private EventTable(
            Optional<String> nameVariable,
            CallVariables callVariables,
            List<EventRow> rows,
            Map<String, String> otherNames,
            boolean busyByCalls,
            Set<EventType> newer) {
        this.busyByCalls = busyByCalls;
        this.otherNames = Map.copyOf(otherNames);
        this.nameVariable = nameVariable;
        this.callVariables = callVariables;
        this.rows = List.copyOf(rows);
        this.newer = Set.copyOf(newer);
        for (EventRow row : rows) {
            index(row.name(), row);
            row.aliases().forEach(alias -> index(alias, row));
            types.add(row.type());
            properties.addAll(row.type().sets().keySet());
            properties.addAll(row.sets().keySet());
            row.variants().forEach(variant -> {
                types.add(variant.type());
                properties.addAll(variant.type().sets().keySet());
            });
        }
        derive();
    }

    /** For phones whose URL has the event as a path segment. */
    public static EventTable namedInPath(CallVariables callVariables, EventRow... rows) {
        return new EventTable(Optional.empty(), callVariables, List.of(rows), Map.of(), false, Set.of());
    }

    /** For phones that send the event's name in a variable. */
    public static EventTable namedBy(String variable, CallVariables callVariables, EventRow... rows) {
        return new EventTable(Optional.of(variable), callVariables, List.of(rows), Map.of(), false, Set.of());
    }

    /** The same, for a vendor that calls a variable of Bellwire's ({@code ip}, {@code model}, {@code firmware}) something else. */
    public EventTable naming(String theirs, String ours) {
        Map<String, String> all = new LinkedHashMap<>(otherNames);
        all.put(theirs, ours);
        return new EventTable(nameVariable, callVariables, rows, all, busyByCalls, newer);
    }

    /** The vendor's names of Bellwire's variables, each with Bellwire's. */
    public Map<String, String> otherNames() {
        return otherNames;
    }

    /** What a request holds, to be found by Bellwire's names, too. */
    public Variables named(Variables sent) {
        return otherNames.isEmpty() ? sent : sent.alsoNamed(otherNames);
    }

    /** The same, for a vendor whose newer firmware alone reports these events: what they tell is concluded from others, too. */
    public EventTable olderFirmwareLacks(EventType... lacking) {
        return new EventTable(nameVariable, callVariables, rows, otherNames, busyByCalls, Set.of(lacking));
    }

    private void index(String name, EventRow row) {
        if (letters(name).isEmpty() || byName.putIfAbsent(letters(name), row) != null) {
            throw new IllegalArgumentException("two rows for the event '" + name + "'");
        }
    }

    private void derive() {
        if (types.contains(EventType.CALL_ENDED)
                && types.contains(EventType.CALL_INCOMING)
                && !allReport(EventType.CALL_MISSED)) {
            derived.add(EventType.CALL_MISSED);
        }
        if (types.contains(EventType.CALL_HELD) && !types.contains(EventType.CALL_RESUMED)) {
            derived.add(EventType.CALL_RESUMED);
        }
        if (types.stream().anyMatch(EventType::isOfCall)) {
            properties.addAll(EnumSet.of(
                    Property.CALL,
                    Property.CALLS,
                    Property.DIRECTION,
                    Property.PEER_NUMBER,
                    Property.PEER_NAME,
                    Property.PEER_TAGS,
                    Property.BUSY));
            if (callVariables.tellLocal()) {
                properties.add(Property.LOCAL);
            }
        }
        if (reports(EventType.CALL_MISSED)) {
            properties.add(Property.MISSED);
        }
        if (!types.contains(EventType.DOOR_CLOSED)) {
            properties.remove(Property.DOOR); // open for ever, otherwise
        }
        if (types.contains(EventType.DEVICE_IP_CHANGED)) {
            properties.add(Property.IP);
        }
    }

    /** The variable that names the event; empty when a path segment does. */
    public Optional<String> nameVariable() {
        return nameVariable;
    }

    public CallVariables callVariables() {
        return callVariables;
    }

    /** The rows in the order of the vendor's document. */
    public List<EventRow> rows() {
        return rows;
    }

    /** The row of an event, however the phone's owner spelled it. */
    public Optional<EventRow> find(String name) {
        return Optional.ofNullable(byName.get(letters(name)));
    }

    /** The event that a request names: {@code path} are the segments after the token. */
    public Optional<String> eventName(List<String> path, Variables variables) {
        return nameVariable
                .flatMap(variables::get)
                .or(() -> path.stream().findFirst())
                .filter(name -> !letters(name).isEmpty());
    }

    /** The vendor reports this event, or it is derived from what the vendor reports. */
    public boolean reports(EventType type) {
        return types.contains(type) || derived.contains(type);
    }

    /** A phone of this vendor can have this state. */
    public boolean has(Property property) {
        return properties.contains(property);
    }

    /** The vendor does not report this event, or not with every firmware, but what it reports tells it. */
    public boolean derives(EventType type) {
        return derived.contains(type);
    }

    /** The same, for a vendor of whose phones only some report whether the line is busy: a call makes it so, too. */
    public EventTable busyByCalls() {
        return new EventTable(nameVariable, callVariables, rows, otherNames, true, newer);
    }

    /** The vendor reports itself whether the line is busy; otherwise a call makes it so. */
    public boolean reportsBusy() {
        return types.contains(EventType.LINE_BUSY) && !busyByCalls;
    }

    /** Every phone of the vendor reports this event, whatever its firmware. */
    private boolean allReport(EventType type) {
        return types.contains(type) && !newer.contains(type);
    }

    /** All events that a phone of this vendor can have, in the order of {@link EventType}. */
    public Set<EventType> events() {
        Set<EventType> all = EnumSet.copyOf(types);
        all.addAll(derived);
        all.add(EventType.VENDOR_EVENT);
        return all;
    }

    /** The states that a phone of this vendor can have. */
    public Set<Property> properties() {
        return EnumSet.copyOf(properties);
    }

    private static String letters(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        StringBuilder out = new StringBuilder(lower.length());
        int c;
        for (int i = 0; i < lower.length(); i += Character.charCount(c)) {
            c = lower.codePointAt(i);
            if (Character.isLetterOrDigit(c)) {
                out.appendCodePoint(c);
            }
        }
        return out.toString();
    }
}
