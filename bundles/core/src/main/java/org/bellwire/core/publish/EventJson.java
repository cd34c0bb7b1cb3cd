package org.bellwire.core.publish;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.api.port.Contacts.Contact;
import org.bellwire.core.common.JsonText;
import org.bellwire.core.phone.CallEnd;
import org.bellwire.core.phone.EventFact;
import org.bellwire.core.phone.Phone;

/** The JSON of an event. */
public final class EventJson {

    private static final Set<EventType> TELL_THE_END = EnumSet.of(EventType.CALL_ENDED, EventType.CALL_MISSED);

    private EventJson() {}

    /** The event of {@code <phone>/event/<event>}. */
    public static String of(Phone phone, EventFact fact, String id, Instant time, Map<String, String> params) {
        return JsonText.object(json -> {
            json.name("event_type").value(fact.type().wire());
            json.name("id").value(id);
            json.name("seq").value(fact.seq());
            json.name("phone").value(phone.id());
            json.name("time").value(JsonText.time(time));
            json.name("vendor").value(phone.binding().info().id());
            JsonText.optional(
                    json, "vendor_event", Optional.of(fact.vendorEvent()).filter(name -> !name.isEmpty()));
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

    private static void call(JsonWriter json, EventFact fact) throws IOException {
        CallInfo call = fact.call();
        json.beginObject();
        JsonText.optional(json, "id", call.id());
        JsonText.optional(json, "other_id", call.otherId());
        JsonText.optional(json, "direction", call.direction().map(Direction::wire));
        JsonText.optional(json, "number", call.number());
        JsonText.optional(json, "name", call.name());
        JsonText.optional(json, "local", call.local());
        JsonText.optional(json, "account", call.account());
        if (fact.contact().isPresent()) {
            Contact contact = fact.contact().get();
            json.name("contact").beginObject();
            json.name("name").value(contact.name());
            JsonText.strings(json, "tags", contact.tags());
            json.endObject();
        }
        if (fact.end().isPresent() && TELL_THE_END.contains(fact.type())) {
            CallEnd end = fact.end().get();
            json.name("outcome").value(end.outcome().wire());
            if (end.seconds().isPresent()) {
                json.name("duration_s").value(end.seconds().get());
            }
        }
        json.endObject();
    }
}
