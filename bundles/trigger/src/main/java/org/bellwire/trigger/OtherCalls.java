package org.bellwire.trigger;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.Property;

/** Whether a hang-up would end the call that a trigger placed: a hang-up key ends whichever call is spoken in. */
enum OtherCalls {
    /** It would, as far as the phone tells. */
    NONE,
    /** The phone is in another call, which it might end. */
    BUSY,
    /** The phone tells of its calls, and there is none any more. */
    GONE;

    static OtherCalls of(Map<Property, String> states, PlacedCall own) {
        String text = states.getOrDefault(Property.CALLS, "");
        try {
            JsonArray calls = text.isEmpty()
                    ? new JsonArray()
                    : JsonParser.parseString(text).getAsJsonArray();
            if (calls.isEmpty()) {
                return own.isSeen() && !text.isEmpty() ? GONE : NONE;
            }
            if (calls.size() == 1) {
                return isOwn(calls.get(0).getAsJsonObject(), own) ? NONE : BUSY;
            }
            return own.isSame(states.getOrDefault(Property.PEER_NUMBER, "")) ? NONE : BUSY;
        } catch (JsonParseException | IllegalStateException e) {
            return NONE;
        }
    }

    private static boolean isOwn(JsonObject call, PlacedCall own) {
        Optional<String> id = text(call, "id");
        if (id.isPresent() && own.callId().isPresent()) {
            return id.equals(own.callId());
        }
        boolean inbound = text(call, "direction").filter("inbound"::equals).isPresent();
        return !inbound && text(call, "number").map(own::isSame).orElse(true);
    }

    private static Optional<String> text(JsonObject call, String key) {
        JsonElement value = call.get(key);
        return value == null || value.isJsonNull() ? Optional.empty() : Optional.of(value.getAsString());
    }
}
