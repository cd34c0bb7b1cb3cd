package org.bellwire.core.persist;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.core.common.JsonText;
import org.bellwire.core.common.Moment;
import org.bellwire.core.phone.Call;
import org.bellwire.core.phone.CallEnd;
import org.bellwire.core.phone.CallModel;
import org.bellwire.core.phone.CallOutcome;
import org.bellwire.core.phone.PhoneSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link PhoneSnapshot} as one line of JSON and back. Times are milliseconds since 1970; what is not known is left out. */
public final class PhoneSnapshotJson {

    private static final Logger LOG = LoggerFactory.getLogger(PhoneSnapshotJson.class);
    private static final String FORM = "1";

    private PhoneSnapshotJson() {}

    public static String write(String vendor, PhoneSnapshot known) {
        return JsonText.object(json -> {
            json.name("form").value(FORM);
            json.name("vendor").value(vendor);
            JsonText.optional(json, "event", known.lastEvent().map(EventType::wire));
            if (known.lastEventTime().isPresent()) {
                json.name("time").value(known.lastEventTime().get().toEpochMilli());
                json.name("micros")
                        .value(ChronoUnit.MICROS.between(
                                        Instant.EPOCH, known.lastEventTime().get())
                                % 1000);
            }
            json.name("seq").value(known.seq());
            json.name("online").value(known.online());
            if (known.offset() != PhoneSnapshot.NO_OFFSET) {
                json.name("offset").value(known.offset());
            }
            JsonText.optional(json, "model", known.model());
            JsonText.optional(json, "firmware", known.firmware());
            JsonText.optional(json, "mac", known.mac());
            json.name("states").beginObject();
            for (Map.Entry<Property, String> state : known.states().entrySet()) {
                json.name(state.getKey().wire()).value(state.getValue());
            }
            json.endObject();
            if (known.calls().known()) {
                calls(json.name("calls"), known.calls().calls());
                calls(json.name("ended"), known.calls().ended());
            }
        });
    }

    private static void calls(JsonWriter json, List<Call> calls) throws IOException {
        json.beginArray();
        for (Call call : calls) {
            json.beginObject();
            JsonText.optional(json, "id", call.id());
            json.name("state").value(call.state().wire());
            JsonText.optional(json, "direction", call.direction().map(Direction::wire));
            JsonText.optional(json, "number", call.number());
            JsonText.optional(json, "name", call.name());
            JsonText.optional(json, "local", call.local());
            JsonText.optional(json, "account", call.account());
            json.name("connected").value(call.connectedAt().isPresent());
            if (call.connectedAt().isPresent()) {
                json.name("connected_at").value(call.connectedAt().get().time().toEpochMilli());
            }
            if (call.end().isPresent()) {
                end(json, call.end().get());
            }
            json.name("since").value(call.since().time().toEpochMilli());
            json.name("heard").value(call.heard().time().toEpochMilli());
            json.endObject();
        }
        json.endArray();
    }

    private static void end(JsonWriter json, CallEnd end) throws IOException {
        json.name("outcome").value(end.outcome().wire());
        json.name("told").value(end.told());
        if (end.seconds().isPresent()) {
            json.name("seconds").value(end.seconds().get());
        }
    }

    /** Reads what was written for a phone of this vendor; empty if it is anything else, of another vendor or damaged. */
    public static Optional<PhoneSnapshot> read(String text, String vendor, Moment now) {
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            Map<String, String> words = new HashMap<>();
            Map<Property, String> states = new EnumMap<>(Property.class);
            Map<String, List<Call>> calls = new HashMap<>();
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                switch (name) {
                    case "states" -> states.putAll(states(json));
                    case "calls", "ended" -> calls.put(name, calls(json, now));
                    default -> words.put(name, word(json));
                }
            }
            json.endObject();
            boolean ours = FORM.equals(words.get("form")) && vendor.equals(words.get("vendor"));
            return ours ? Optional.of(knowledge(words, states, calls)) : Optional.empty();
        } catch (IOException | RuntimeException e) { // there are many ways to be something else than what was written
            LOG.debug("not what was once kept of a phone", e);
            return Optional.empty();
        }
    }

    private static PhoneSnapshot knowledge(
            Map<String, String> words, Map<Property, String> states, Map<String, List<Call>> calls) {
        return new PhoneSnapshot(
                states,
                new CallModel.Snapshot(
                        calls.containsKey("calls"),
                        calls.getOrDefault("calls", List.of()),
                        calls.getOrDefault("ended", List.of())),
                text(words, "model"),
                text(words, "firmware"),
                text(words, "mac"),
                text(words, "event").flatMap(EventType::ofWire),
                text(words, "time").map(millis -> time(millis).plus(number(words, "micros", 0), ChronoUnit.MICROS)),
                number(words, "seq", 0),
                Boolean.parseBoolean(words.get("online")),
                number(words, "offset", PhoneSnapshot.NO_OFFSET));
    }

    private static Map<Property, String> states(JsonReader json) throws IOException {
        Map<String, String> words = words(json);
        Map<Property, String> states = new EnumMap<>(Property.class);
        for (Property property : Property.values()) {
            text(words, property.wire()).ifPresent(value -> states.put(property, value));
        }
        return states;
    }

    private static List<Call> calls(JsonReader json, Moment now) throws IOException {
        List<Call> calls = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            Map<String, String> call = words(json);
            Moment since =
                    text(call, "since").map(millis -> moment(millis, now)).orElseThrow();
            calls.add(new Call(
                    text(call, "id"),
                    CallState.valueOf(text(call, "state").orElseThrow().toUpperCase(Locale.ROOT)),
                    text(call, "direction").map(word -> Direction.valueOf(word.toUpperCase(Locale.ROOT))),
                    text(call, "number"),
                    text(call, "name"),
                    text(call, "local"),
                    text(call, "account"),
                    connectedAt(call, since, now),
                    since,
                    text(call, "heard").map(millis -> moment(millis, now)).orElse(since),
                    end(call)));
        }
        json.endArray();
        return calls;
    }

    /** Since it came into its state, in what an older version kept. */
    private static Optional<Moment> connectedAt(Map<String, String> call, Moment since, Moment now) {
        boolean connected = text(call, "connected").map(Boolean::valueOf).orElseThrow();
        return connected
                ? Optional.of(text(call, "connected_at")
                        .map(millis -> moment(millis, now))
                        .orElse(since))
                : Optional.empty();
    }

    private static Optional<CallEnd> end(Map<String, String> call) {
        return text(call, "outcome")
                .map(word -> new CallEnd(
                        CallOutcome.valueOf(word.toUpperCase(Locale.ROOT)),
                        text(call, "seconds").map(Long::valueOf),
                        text(call, "told").map(Boolean::valueOf).orElse(false)));
    }

    private static Map<String, String> words(JsonReader json) throws IOException {
        Map<String, String> words = new HashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            words.put(json.nextName(), word(json));
        }
        json.endObject();
        return words;
    }

    private static String word(JsonReader json) throws IOException {
        return json.peek() == JsonToken.BOOLEAN ? String.valueOf(json.nextBoolean()) : json.nextString();
    }

    private static Optional<String> text(Map<String, String> words, String key) {
        return Optional.ofNullable(words.get(key));
    }

    /** An older version did not write it. */
    private static long number(Map<String, String> words, String key, long otherwise) {
        return text(words, key).map(Long::valueOf).orElse(otherwise);
    }

    private static Moment moment(String millis, Moment now) {
        return Moment.before(time(millis), now);
    }

    private static Instant time(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
