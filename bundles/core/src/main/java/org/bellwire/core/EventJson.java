package org.bellwire.core;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;

/** The JSON of an event. */
final class EventJson {

    private EventJson() {}

    /** The event of {@code <phone>/event/<event>}. */
    static String of(Phone phone, PhoneMemory.Fact fact, String id, Instant time, Map<String, String> params) {
        return Json.object(json -> {
            json.name("event_type").value(fact.type().wire());
            json.name("id").value(id);
            json.name("seq").value(fact.seq());
            json.name("phone").value(phone.id());
            json.name("time").value(Json.time(time));
            json.name("vendor").value(phone.binding().info().id());
            Json.optional(json, "vendor_event", Optional.of(fact.vendorEvent()).filter(name -> !name.isEmpty()));
            json.name("derived").value(fact.derived());
            json.name("late").value(false);
            if (fact.type().isOfCall()) {
                call(json.name("call"), fact);
            }
            json.name("params").beginObject();
            for (Map.Entry<String, String> param : params.entrySet()) {
                json.name(param.getKey()).value(param.getValue());
            }
            json.endObject();
        });
    }

    private static void call(JsonWriter json, PhoneMemory.Fact fact) throws IOException {
        CallInfo call = fact.call();
        json.beginObject();
        Json.optional(json, "id", call.id());
        Json.optional(json, "other_id", call.otherId());
        Json.optional(json, "direction", call.direction().map(Direction::wire));
        Json.optional(json, "number", call.number());
        Json.optional(json, "name", call.name());
        Json.optional(json, "local", call.local());
        Json.optional(json, "account", call.account());
        if (fact.presumed()) {
            json.name("outcome").value("unknown");
        }
        json.endObject();
    }
}
