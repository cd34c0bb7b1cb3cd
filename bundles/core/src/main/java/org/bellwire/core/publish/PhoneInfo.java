package org.bellwire.core.publish;

import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.Message;
import org.bellwire.api.Property;
import org.bellwire.core.common.JsonText;
import org.bellwire.core.phone.Phone;

/** What {@code <phone>/info} says of a phone and of what its vendor's phones can do. */
final class PhoneInfo {

    private PhoneInfo() {}

    static Message message(Phone phone) {
        return Message.retained(Topics.info(phone), json(phone));
    }

    private static String json(Phone phone) {
        return JsonText.object(json -> {
            json.name("id").value(phone.id());
            json.name("name").value(phone.settings().name());
            json.name("vendor").value(phone.binding().info().id());
            JsonText.optional(json, "mac", phone.mac());
            JsonText.optional(json, "model", phone.session().device().model());
            JsonText.optional(json, "firmware", phone.session().device().firmware());
            JsonText.strings(
                    json,
                    "events",
                    phone.binding().events().events().stream()
                            .map(EventType::wire)
                            .toList());
            JsonText.strings(
                    json,
                    "states",
                    phone.binding().events().properties().stream()
                            .map(Property::wire)
                            .toList());
            JsonText.strings(
                    json,
                    "commands",
                    phone.binding().commandNames().stream()
                            .map(CommandName::wire)
                            .toList());
        });
    }
}
