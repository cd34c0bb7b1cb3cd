package org.bellwire.core.command;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON of a payload, read strictly: what is no JSON is refused and not guessed at, since a phone would dial the guess. Goes
 * through the text once, without recursion; whoever calls has bounded it.
 *
 * @param fields those that Bellwire knows
 * @param fault what is wrong with one of them; the others are there nevertheless
 */
record PayloadJson(Map<String, PayloadField> fields, Optional<String> fault) {

    private static final Set<String> KNOWN = Set.of(
            "id", "expires", "value", "number", "account", "call", "other", "kind", "then", "hangup_s", "after_s");
    private static final int MAX_FIELD = 256;

    Optional<PayloadField> field(String key) {
        return Optional.ofNullable(fields.get(key));
    }

    Optional<String> text(String key) {
        return field(key).map(PayloadField::text);
    }

    /** The object that this text is; empty if it is none. */
    static Optional<PayloadJson> object(String text) {
        Map<String, PayloadField> fields = new HashMap<>();
        Optional<String> fault = Optional.empty();
        try (JsonReader json = strict(text)) {
            json.beginObject();
            while (json.hasNext()) {
                Optional<String> wrong = field(json, fields);
                fault = fault.or(() -> wrong);
            }
            json.endObject();
            return json.peek() == JsonToken.END_DOCUMENT
                    ? Optional.of(new PayloadJson(fields, fault))
                    : Optional.empty();
        } catch (IOException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** Reads one field into the map, or tells what is wrong with it. */
    private static Optional<String> field(JsonReader json, Map<String, PayloadField> fields) throws IOException {
        String key = json.nextName();
        if (!KNOWN.contains(key)) {
            json.skipValue();
            return Optional.empty();
        }
        Optional<PayloadField.Kind> kind = kind(json.peek());
        if (kind.isEmpty()) {
            boolean absent = json.peek() == JsonToken.NULL;
            json.skipValue();
            return absent ? Optional.empty() : Optional.of(rule(key));
        }
        String text = kind.get() == PayloadField.Kind.BOOLEAN ? "" + json.nextBoolean() : json.nextString();
        if (text.length() > MAX_FIELD) {
            return Optional.of(rule(key));
        }
        boolean twice = fields.put(key, new PayloadField(text, kind.get())) != null;
        return twice ? Optional.of(key + " stands there twice") : Optional.empty();
    }

    private static String rule(String key) {
        return key + " must be a text of at most " + MAX_FIELD + " characters";
    }

    private static Optional<PayloadField.Kind> kind(JsonToken token) {
        return switch (token) {
            case STRING -> Optional.of(PayloadField.Kind.TEXT);
            case NUMBER -> Optional.of(PayloadField.Kind.NUMBER);
            case BOOLEAN -> Optional.of(PayloadField.Kind.BOOLEAN);
            default -> Optional.empty();
        };
    }

    /** What stands in a text that is a JSON text as a whole, such as {@code "42"} with its quotes. */
    static Optional<String> quoted(String text) {
        if (!text.startsWith("\"")) {
            return Optional.empty();
        }
        try (JsonReader json = strict(text)) {
            String inner = json.nextString();
            return json.peek() == JsonToken.END_DOCUMENT ? Optional.of(inner) : Optional.empty();
        } catch (IOException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static JsonReader strict(String text) {
        JsonReader json = new JsonReader(new StringReader(text));
        json.setStrictness(Strictness.STRICT);
        return json;
    }
}
