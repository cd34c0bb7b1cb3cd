package org.bellwire.shell;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bellwire.api.CommandName;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Property;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.Phones.PhoneStatus;
import org.bellwire.api.port.UnknownPhones.UnknownPhone;
import org.bellwire.api.spi.PhoneBinding;

/** Phones as JSON for scripts: the same keys each time, null for what is not known. */
final class PhoneJson {

    private PhoneJson() {}

    private interface Body {
        void write(JsonWriter json) throws IOException;
    }

    /** One line for each phone, so that a person can read it, too. */
    static String list(List<PhoneStatus> phones) {
        return lines(
                phones.stream().map(phone -> object(json -> phone(json, phone))).toList());
    }

    static String show(PhoneStatus phone, Optional<PhoneBinding> binding) {
        return object(json -> {
            phone(json, phone);
            strings(
                    json,
                    "commands",
                    binding.stream()
                            .flatMap(b -> b.commands().names().stream())
                            .map(CommandName::wire)
                            .toList());
            strings(
                    json,
                    "events",
                    binding.stream()
                            .flatMap(b -> b.events().events().stream())
                            .map(EventType::wire)
                            .toList());
        });
    }

    static String group(Groups.Group group) {
        return object(json -> {
            json.name("id").value(group.id());
            json.name("name").value(group.name());
            json.name("kind").value("group");
            strings(json, "phones", group.members().stream().map(PhoneId::value).toList());
            json.name("fault").value(group.fault().orElse(null));
        });
    }

    static String inbox(List<UnknownPhone> phones) {
        return lines(phones.stream()
                .map(phone -> object(json -> unknown(json, phone)))
                .toList());
    }

    private static String lines(List<String> objects) {
        return objects.isEmpty() ? "[]" : "[\n" + String.join(",\n", objects) + "\n]";
    }

    private static void phone(JsonWriter json, PhoneStatus phone) throws IOException {
        json.name("id").value(phone.id());
        json.name("name").value(phone.name());
        json.name("vendor").value(phone.vendor());
        if (!phone.site().isEmpty()) {
            json.name("site").value(phone.site());
        }
        if (phone.elsewhere().isPresent()) {
            json.name("gateway").value(phone.elsewhere().get());
        }
        optional(json, "mac", phone.mac());
        optional(json, "host", phone.host());
        optional(json, "model", phone.device().model());
        optional(json, "firmware", phone.device().firmware());
        json.name("own_token").value(phone.ownToken());
        json.name("availability").value(phone.online() ? "online" : "offline");
        json.name("states").beginObject();
        for (Map.Entry<Property, String> state : new TreeMap<>(phone.states()).entrySet()) {
            json.name(state.getKey().wire()).value(state.getValue());
        }
        json.endObject();
        optional(json, "last_event", phone.lastEvent().map(EventType::wire));
        optional(json, "last_event_time", phone.lastEventTime().map(PhoneJson::time));
        optional(json, "fault", phone.fault());
    }

    private static void unknown(JsonWriter json, UnknownPhone phone) throws IOException {
        json.name("vendor").value(phone.vendor());
        if (!phone.site().isOwn()) {
            json.name("site").value(phone.site().value());
        }
        optional(json, "mac", phone.mac());
        json.name("address").value(phone.address());
        optional(json, "model", phone.model());
        optional(json, "firmware", phone.firmware());
        json.name("first_seen").value(time(phone.firstSeen()));
        json.name("last_seen").value(time(phone.lastSeen()));
        json.name("events").value(phone.events());
    }

    /** To the millisecond, as in the topics. */
    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static void optional(JsonWriter json, String name, Optional<String> value) throws IOException {
        json.name(name);
        if (value.isPresent()) {
            json.value(value.get());
        } else {
            json.nullValue();
        }
    }

    private static void strings(JsonWriter json, String name, Collection<String> values) throws IOException {
        json.name(name).beginArray();
        for (String value : values) {
            json.value(value);
        }
        json.endArray();
    }

    private static String object(Body body) {
        StringWriter out = new StringWriter();
        try (JsonWriter json = new JsonWriter(out)) {
            json.setSerializeNulls(true);
            json.beginObject();
            body.write(json);
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return harmless(out.toString());
    }

    /** As in tables, but nothing is left out: what could play with a terminal stands there as its number. */
    private static String harmless(String json) {
        StringBuilder out = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            int type = Character.getType(c);
            boolean odd = type == Character.CONTROL || type == Character.FORMAT;
            out.append(odd ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return out.toString();
    }
}
