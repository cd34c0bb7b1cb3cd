package org.bellwire.trigger;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.PhoneId;

/** What fired or cancelled a trigger. */
sealed interface FiredBy {

    /** Writes itself as an object; never a token. */
    void write(JsonWriter json) throws IOException;

    /** The same as text. */
    default String json() {
        StringWriter out = new StringWriter();
        try (JsonWriter json = new JsonWriter(out)) {
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toString();
    }

    /** A message of the building. */
    record Topic(String topic) implements FiredBy {
        @Override
        public void write(JsonWriter json) throws IOException {
            json.beginObject()
                    .name("kind")
                    .value("mqtt")
                    .name("topic")
                    .value(topic)
                    .endObject();
        }
    }

    /** A request; {@code phone} is whose own token it had. */
    record Http(InetAddress address, Optional<PhoneId> phone, Map<String, String> query) implements FiredBy {
        @Override
        public void write(JsonWriter json) throws IOException {
            json.beginObject().name("kind").value("http");
            json.name("address").value(address.getHostAddress());
            if (phone.isPresent()) {
                json.name("phone").value(phone.get().value());
            }
            json.name("query").beginObject();
            for (Map.Entry<String, String> each : query.entrySet()) {
                json.name(each.getKey()).value(each.getValue());
            }
            json.endObject().endObject();
        }
    }

    /** The local administrator. */
    enum Shell implements FiredBy {
        SHELL;

        @Override
        public void write(JsonWriter json) throws IOException {
            json.beginObject().name("kind").value("shell").endObject();
        }
    }

    /** As another gateway of the cluster wrote it. */
    record Told(String json) implements FiredBy {
        @Override
        public void write(JsonWriter out) throws IOException {
            out.jsonValue(json);
        }
    }

    /** Bellwire itself: the trigger's file is gone. */
    enum Itself implements FiredBy {
        FILE;

        @Override
        public void write(JsonWriter json) throws IOException {
            json.beginObject().name("kind").value("file").endObject();
        }
    }
}
