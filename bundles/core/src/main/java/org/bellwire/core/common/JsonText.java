package org.bellwire.core.common;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.Optional;

/** Writes the JSON that goes to the broker. Keys whose value is not known are left out. */
public final class JsonText {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);

    private JsonText() {}

    /** Writes into a JSON object. */
    public interface Body {
        void write(JsonWriter json) throws IOException;
    }

    public static String object(Body body) {
        return write(json -> {
            json.beginObject();
            body.write(json);
            json.endObject();
        });
    }

    public static String array(Body body) {
        return write(json -> {
            json.beginArray();
            body.write(json);
            json.endArray();
        });
    }

    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    public static void optional(JsonWriter json, String key, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.name(key).value(value.get());
        }
    }

    public static void strings(JsonWriter json, String key, Collection<String> values) throws IOException {
        json.name(key).beginArray();
        for (String value : values) {
            json.value(value);
        }
        json.endArray();
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
