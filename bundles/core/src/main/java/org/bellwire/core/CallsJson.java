package org.bellwire.core;

import java.util.List;
import org.bellwire.api.Direction;

/** The JSON of the state {@code calls}. */
final class CallsJson {

    private CallsJson() {}

    static String of(List<Call> calls) {
        return Json.array(json -> {
            for (Call call : calls) {
                json.beginObject();
                Json.optional(json, "id", call.id());
                json.name("state").value(call.state().wire());
                Json.optional(json, "direction", call.direction().map(Direction::wire));
                Json.optional(json, "number", call.number());
                Json.optional(json, "name", call.name());
                json.name("since").value(Json.time(call.since().time()));
                json.endObject();
            }
        });
    }
}
