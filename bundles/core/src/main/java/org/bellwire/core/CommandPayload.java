package org.bellwire.core;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellwire.api.CommandName;
import org.bellwire.api.DialNumber;
import org.bellwire.api.spi.Command;

/**
 * A command's payload: plain text, or a JSON object in which the text stands as {@code value} (or {@code number}).
 *
 * @param expires when it is too late
 */
record CommandPayload(
        String value,
        Optional<Instant> expires,
        Optional<String> number,
        Optional<String> account,
        Optional<String> call,
        Optional<String> other,
        Optional<String> kind) {

    private static final int MAX_PLAIN = 256;
    private static final int MAX_FIELD = 256;
    /** Longer ones are refused and never quoted. */
    static final int MAX_JSON = 4096;

    /** The payload is not what the command takes; the message says what it would take. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Malformed(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /**
     * What was read.
     *
     * @param id echoed in the results, also of a payload that is malformed otherwise
     * @param payload empty where it is malformed
     * @param fault what is wrong then
     */
    record Reading(Optional<String> id, Optional<CommandPayload> payload, String fault) {}

    static Reading read(String text) {
        String stripped = text.strip();
        Optional<String> id = Optional.empty();
        try {
            if (!stripped.startsWith("{")) {
                return new Reading(id, Optional.of(plain(stripped)), "");
            }
            JsonObject json = object(stripped);
            id = field(json, "id");
            return new Reading(id, Optional.of(of(json)), "");
        } catch (Malformed e) {
            return new Reading(id, Optional.empty(), e.reason());
        }
    }

    private static CommandPayload plain(String text) throws Malformed {
        check(text.length() <= MAX_PLAIN, "the payload is at most " + MAX_PLAIN + " characters");
        return new CommandPayload(
                text,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static CommandPayload of(JsonObject json) throws Malformed {
        return new CommandPayload(
                field(json, "value").orElse(""),
                time(field(json, "expires")),
                field(json, "number"),
                field(json, "account"),
                field(json, "call"),
                field(json, "other"),
                field(json, "kind"));
    }

    private static JsonObject object(String text) throws Malformed {
        check(text.length() <= MAX_JSON, "the payload is at most " + MAX_JSON + " characters");
        try {
            JsonElement element = JsonParser.parseString(text);
            if (element.isJsonObject()) {
                return element.getAsJsonObject();
            }
        } catch (JsonParseException | StackOverflowError e) {
            throw new Malformed("the payload begins with { but is not a JSON object");
        }
        throw new Malformed("the payload begins with { but is not a JSON object");
    }

    private static Optional<String> field(JsonObject json, String key) throws Malformed {
        JsonElement element = json.get(key);
        if (element == null || element.isJsonNull()) {
            return Optional.empty();
        }
        if (!element.isJsonPrimitive() || element.getAsString().length() > MAX_FIELD) {
            throw new Malformed(key + " must be a text of at most " + MAX_FIELD + " characters");
        }
        return Optional.of(element.getAsString());
    }

    private static Optional<Instant> time(Optional<String> text) throws Malformed {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text.get()).toInstant());
        } catch (DateTimeException e) {
            throw new Malformed("expires must be an ISO 8601 time with its zone, such as 2026-11-21T08:15:30Z");
        }
    }

    /** As the command that it belongs to. */
    Command as(CommandName name) throws Malformed {
        Optional<DialNumber> dialled = Optional.empty();
        String plain = value;
        switch (name) {
            case DIAL -> dialled = Optional.of(dialNumber(number.orElse(value)));
            case TRANSFER ->
                dialled = number.isEmpty() && (value.isEmpty() || isPress(value)) && other.isPresent()
                        ? Optional.empty()
                        : Optional.of(dialNumber(number.orElse(value)));
            case DTMF -> check(value.matches("[0-9*#A-Da-d]{1,64}"), "dtmf takes 1 to 64 of 0-9 * #");
            case MUTE -> plain = word(name, "ON", "OFF", "TOGGLE");
            case DND -> plain = word(name, "ON", "OFF");
            case VOLUME -> plain = word(name, "UP", "DOWN");
            case KEY ->
                check(
                        !keys().isEmpty() && keys().size() <= 32,
                        "key takes 1 to 32 key names, separated by ; or blanks");
            case TEXT -> check(!value.isBlank(), "text takes the text to show");
            default -> {}
        }
        checkId("call", call);
        checkId("other", other);
        checkId("account", account);
        checkKind();
        List<String> pressed = name == CommandName.KEY ? keys() : List.of();
        return new Command(name, plain, dialled, account, call, other, kind, pressed);
    }

    private List<String> keys() {
        return Stream.of(value.split("[;\\s]+")).filter(key -> !key.isEmpty()).toList();
    }

    private static boolean isPress(String text) {
        return text.equalsIgnoreCase("PRESS");
    }

    private static DialNumber dialNumber(String text) throws Malformed {
        Optional<DialNumber> parsed = DialNumber.parse(text);
        check(parsed.isPresent(), "a number is 1 to 64 of 0-9 A-Z a-z * # + . _ @ -");
        return parsed.orElseThrow();
    }

    private String word(CommandName name, String... allowed) throws Malformed {
        String upper = value.toUpperCase(Locale.ROOT);
        check(List.of(allowed).contains(upper), name.wire() + " takes " + String.join(" or ", allowed));
        return upper;
    }

    private static void checkId(String key, Optional<String> id) throws Malformed {
        check(
                id.isEmpty() || id.get().matches("[0-9A-Za-z*#+._@:=-]{1,128}"),
                key + " has characters that no phone uses there");
    }

    private void checkKind() throws Malformed {
        check(kind.isEmpty() || kind.get().matches("blind|attended"), "kind is blind or attended");
    }

    private static void check(boolean right, String rule) throws Malformed {
        if (!right) {
            throw new Malformed(rule);
        }
    }
}
