package org.bellwire.console.http;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Optional;

/** Writes and reads JSON objects. */
public final class JsonObjects {

    private JsonObjects() {}

    /** Writes what stands in an object. */
    public interface Body {
        void write(JsonWriter json) throws IOException;
    }

    public static String of(Body body) {
        StringWriter out = new StringWriter(256);
        try (JsonWriter json = new JsonWriter(out)) {
            json.setSerializeNulls(true);
            json.beginObject();
            body.write(json);
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    public static void optional(JsonWriter json, String name, Optional<String> value) throws IOException {
        json.name(name);
        if (value.isPresent()) {
            json.value(value.get());
        } else {
            json.nullValue();
        }
    }

    public static void strings(JsonWriter json, String name, Collection<String> values) throws IOException {
        json.name(name).beginArray();
        for (String value : values) {
            json.value(value);
        }
        json.endArray();
    }

    /** Reads an object; nothing is one without members; empty: it is none. Gson bounds its depth. */
    public static Optional<JsonObject> parse(String text) {
        if (text.isBlank()) {
            return Optional.of(new JsonObject());
        }
        try {
            JsonElement read = JsonParser.parseString(text);
            return read.isJsonObject() ? Optional.of(read.getAsJsonObject()) : Optional.empty();
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    /** A text member, if it is one and not blank. */
    public static Optional<String> text(JsonObject object, String name) {
        JsonElement member = object.get(name);
        return member != null && member.isJsonPrimitive()
                ? Optional.of(member.getAsString()).filter(text -> !text.isBlank())
                : Optional.empty();
    }
}
