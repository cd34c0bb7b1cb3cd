package org.bellwire.core;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.Direction;
import org.bellwire.api.Result;

/** The JSON that goes to the broker. Keys whose value is not known are left out. */
final class Json {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);

    private Json() {}

    /** Writes into a JSON object. */
    interface Body {
        void write(JsonWriter json) throws IOException;
    }

    static String object(Body body) {
        return write(json -> {
            json.beginObject();
            body.write(json);
            json.endObject();
        });
    }

    static String array(Body body) {
        return write(json -> {
            json.beginArray();
            body.write(json);
            json.endArray();
        });
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static void optional(JsonWriter json, String key, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.name(key).value(value.get());
        }
    }

    static void strings(JsonWriter json, String key, Collection<String> values) throws IOException {
        json.name(key).beginArray();
        for (String value : values) {
            json.value(value);
        }
        json.endArray();
    }

    /** The event of {@code <phone>/event/<event>}. */
    static String event(Phone phone, PhoneMemory.Fact fact, String id, Instant time, Map<String, String> params) {
        return object(json -> {
            json.name("event_type").value(fact.type().wire());
            json.name("id").value(id);
            json.name("seq").value(fact.seq());
            json.name("phone").value(phone.id());
            json.name("time").value(time(time));
            json.name("vendor").value(phone.binding().info().id());
            optional(json, "vendor_event", Optional.of(fact.vendorEvent()).filter(name -> !name.isEmpty()));
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
        optional(json, "id", call.id());
        optional(json, "other_id", call.otherId());
        optional(json, "direction", call.direction().map(Direction::wire));
        optional(json, "number", call.number());
        optional(json, "name", call.name());
        optional(json, "local", call.local());
        optional(json, "account", call.account());
        if (fact.presumed()) {
            json.name("outcome").value("unknown");
        }
        json.endObject();
    }

    /** The state {@code calls}. */
    static String calls(List<Call> calls) {
        return array(json -> {
            for (Call call : calls) {
                json.beginObject();
                optional(json, "id", call.id());
                json.name("state").value(call.state().wire());
                optional(json, "direction", call.direction().map(Direction::wire));
                optional(json, "number", call.number());
                optional(json, "name", call.name());
                json.name("since").value(time(call.since().time()));
                json.endObject();
            }
        });
    }

    static String result(Result result) {
        return object(json -> {
            optional(json, "id", result.id());
            json.name("phone").value(result.phone());
            json.name("command").value(result.command());
            json.name("status").value(result.status().wire());
            if (result.httpStatus().isPresent()) {
                json.name("http_status").value(result.httpStatus().getAsInt());
            }
            optional(json, "detail", result.detail());
            json.name("time").value(time(result.time()));
            json.name("took_ms").value(result.tookMs());
        });
    }

    private static String write(Body body) {
        StringWriter out = new StringWriter(512);
        try (JsonWriter json = new JsonWriter(out)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
