package org.bellwire.console.view;

import java.util.List;
import org.bellwire.api.port.UnknownPhones.UnknownPhone;
import org.bellwire.console.http.JsonObjects;

/** The inbox. */
public final class InboxRows {

    private InboxRows() {}

    /** The newest first. */
    public static String of(List<UnknownPhone> phones) {
        return JsonObjects.of(json -> {
            json.name("total").value(phones.size());
            json.name("phones").beginArray();
            for (int i = phones.size() - 1; i >= 0; i--) {
                UnknownPhone phone = phones.get(i);
                json.beginObject();
                json.name("vendor").value(phone.vendor());
                JsonObjects.optional(json, "mac", phone.mac());
                json.name("address").value(phone.address());
                JsonObjects.optional(json, "model", phone.model());
                JsonObjects.optional(json, "firmware", phone.firmware());
                json.name("first_seen").value(phone.firstSeen().toString());
                json.name("last_seen").value(phone.lastSeen().toString());
                json.name("events").value(phone.events());
                json.endObject();
            }
            json.endArray();
        });
    }
}
