package org.bellwire.testkit;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.api.Mac;
import org.bellwire.api.Variables;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;

/**
 * A request that a phone sent and what it means, in full: what is not named must not be there.
 *
 * @param after the direction of the call as earlier events told it
 * @param meaning {@code event}, the fields of the call, {@code mac}, {@code ip}, {@code answered}, and states
 */
record EventSample(String target, Optional<Direction> after, Map<String, String> meaning) {

    /** The second line is {@code call_incoming; number=42; name=Peter}; {@code after=outbound} is no meaning but the past. */
    static EventSample parse(String target, String line) {
        if (!line.startsWith(" ")) {
            throw new AssertionError("events.txt: the meaning of a target is an indented line, not: " + line);
        }
        Map<String, String> meaning = new TreeMap<>();
        for (String part : line.strip().split(";\\s*")) {
            int equals = part.indexOf('=');
            meaning.put(equals < 0 ? "event" : part.substring(0, equals), part.substring(equals + 1));
        }
        Optional<Direction> after = Optional.ofNullable(meaning.remove("after"))
                .map(way -> way.equals("outbound") ? Direction.OUTBOUND : Direction.INBOUND);
        return new EventSample(target, after, meaning);
    }

    /** The row that this request is an example of; empty for an event that the table does not know. */
    Optional<EventRow> row(EventTable events) {
        SampleTarget read = SampleTarget.parse(target);
        return events.eventName(read.path(), read.variables()).flatMap(events::find);
    }

    /** What the vendor's tables make of the request, in the form of {@link #meaning}. */
    Map<String, String> read(EventTable events) {
        Variables variables = events.named(SampleTarget.parse(target).variables());
        Optional<EventRow> row = row(events);
        EventType type = row.map(found -> found.typeFor(variables)).orElse(EventType.VENDOR_EVENT);
        Map<String, String> out = new TreeMap<>();
        out.put("event", type.wire());
        type.sets().forEach((property, value) -> {
            if (events.has(property)) {
                out.put(property.wire(), value);
            }
        });
        row.ifPresent(found -> found.sets().forEach((property, value) -> out.put(property.wire(), value)));
        variables.get("mac").flatMap(Mac::parse).ifPresent(mac -> out.put("mac", mac.toString()));
        variables.get("ip").ifPresent(ip -> out.put("ip", ip));
        if (type.isOfCall() || row.isEmpty()) {
            put(out, events.callVariables().read(variables, direction(type)));
            events.callVariables().wasAnswered(variables).ifPresent(yes -> out.put("answered", yes.toString()));
        }
        return out;
    }

    private Optional<Direction> direction(EventType type) {
        return switch (type) {
            case CALL_INCOMING -> Optional.of(Direction.INBOUND);
            case CALL_OUTGOING -> Optional.of(Direction.OUTBOUND);
            default -> after;
        };
    }

    private static void put(Map<String, String> out, CallInfo call) {
        call.id().ifPresent(value -> out.put("id", value));
        call.otherId().ifPresent(value -> out.put("other_id", value));
        call.direction().ifPresent(value -> out.put("direction", value.wire()));
        call.number().ifPresent(value -> out.put("number", value));
        call.name().ifPresent(value -> out.put("name", value));
        call.local().ifPresent(value -> out.put("local", value));
        call.account().ifPresent(value -> out.put("account", value));
    }
}
