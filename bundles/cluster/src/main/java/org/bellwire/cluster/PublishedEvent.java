package org.bellwire.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;
import org.bellwire.api.EventMessage;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.PhoneEvent;

/** Reads what another gateway published on {@code <phone>/event/<type>}. */
final class PublishedEvent {

    private static final Map<String, EventType> TYPES =
            Stream.of(EventType.values()).collect(Collectors.toUnmodifiableMap(EventType::wire, each -> each));
    private static final Map<String, Direction> DIRECTIONS =
            Stream.of(Direction.values()).collect(Collectors.toUnmodifiableMap(Direction::wire, each -> each));

    private PublishedEvent() {}

    /** Empty if it is no event of the moment: anybody may have published it. */
    static Optional<PhoneEvent> read(PhoneId phone, String type, String text, Instant now) {
        return Optional.ofNullable(TYPES.get(type))
                .flatMap(known -> object(text)
                        .filter(json -> json.get("late") instanceof JsonPrimitive late
                                && late.isBoolean()
                                && !late.getAsBoolean())
                        .map(json -> new PhoneEvent(new EventMessage(phone, known, text, now), call(json))));
    }

    private static Optional<JsonObject> object(String text) {
        try {
            return Optional.of(JsonParser.parseString(text))
                    .filter(JsonElement::isJsonObject)
                    .map(JsonElement::getAsJsonObject);
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    private static CallInfo call(JsonObject event) {
        if (!(event.get("call") instanceof JsonObject call)) {
            return CallInfo.NONE;
        }
        return new CallInfo(
                word(call, "id"),
                word(call, "other_id"),
                word(call, "direction").map(DIRECTIONS::get),
                word(call, "number"),
                word(call, "name"),
                word(call, "local"),
                word(call, "account"));
    }

    private static Optional<String> word(JsonObject call, String key) {
        return call.get(key) instanceof JsonPrimitive value ? Optional.of(value.getAsString()) : Optional.empty();
    }
}
