package org.bellwire.core.phone;

import java.util.List;
import org.bellwire.api.Direction;
import org.bellwire.api.port.Contacts;
import org.bellwire.core.common.JsonText;

/** The JSON of the state {@code calls}. */
final class CallsJson {

    private CallsJson() {}

    static String of(List<Call> calls, Contacts contacts) {
        return JsonText.array(json -> {
            for (Call call : calls) {
                json.beginObject();
                JsonText.optional(json, "id", call.id());
                json.name("state").value(call.state().wire());
                JsonText.optional(json, "direction", call.direction().map(Direction::wire));
                JsonText.optional(json, "number", call.number());
                JsonText.optional(
                        json,
                        "name",
                        call.number()
                                .flatMap(contacts::find)
                                .map(Contacts.Contact::name)
                                .or(call::name));
                json.name("since").value(JsonText.time(call.since().time()));
                json.endObject();
            }
        });
    }
}
