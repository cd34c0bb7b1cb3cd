package org.bellwire.trigger;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Triggers;

/**
 * What came of a trigger: published on {@code bridge/trigger/<id>}.
 *
 * @param phone whose call was answered
 * @param number who answered it
 * @param steps what the phones were told, in order
 * @param tookMs from what fired it to this result, in milliseconds
 */
record TriggerResult(
        PhoneId trigger,
        Kind outcome,
        FiredBy firedBy,
        Optional<String> detail,
        Optional<PhoneId> phone,
        Optional<String> number,
        List<TriggerStep> steps,
        Instant time,
        long tookMs) {

    /** Of more steps the last are told: the message has to fit. */
    static final int MAX_STEPS = 100;

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);

    /** How it ended. */
    enum Kind {
        ANSWERED,
        NOBODY,
        CANCELLED,
        IGNORED,
        CARRIED_OUT,
        FAILED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    TriggerResult {
        steps = List.copyOf(steps.subList(Math.max(0, steps.size() - MAX_STEPS), steps.size()));
    }

    Triggers.Outcome outcomeForShell() {
        return new Triggers.Outcome(
                outcome.wire(),
                phone.map(who -> "by " + number.orElse("") + ", for " + who).or(() -> detail),
                steps.stream().map(TriggerStep::text).toList());
    }

    String json() {
        StringWriter out = new StringWriter(512);
        try (JsonWriter json = new JsonWriter(out)) {
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private void write(JsonWriter json) throws IOException {
        json.beginObject();
        json.name("trigger").value(trigger.value());
        json.name("outcome").value(outcome.wire());
        if (phone.isPresent()) {
            json.name("phone").value(phone.get().value());
        }
        if (number.isPresent()) {
            json.name("number").value(number.get());
        }
        if (detail.isPresent()) {
            json.name("detail").value(detail.get());
        }
        json.name("fired_by");
        firedBy.write(json);
        json.name("steps").beginArray();
        for (TriggerStep step : steps) {
            write(json, step);
        }
        json.endArray();
        json.name("time").value(TIME.format(time));
        json.name("took_ms").value(tookMs);
        json.endObject();
    }

    private static void write(JsonWriter json, TriggerStep step) throws IOException {
        json.beginObject();
        json.name("phone").value(step.phone().value());
        json.name("command").value(step.command());
        json.name(step.command().equals("dial") ? "number" : "value").value(step.value());
        json.name("round").value(step.round());
        json.name("status").value(step.status());
        if (step.end().isPresent()) {
            json.name("end").value(step.end().get());
        }
        if (step.detail().isPresent()) {
            json.name("detail").value(step.detail().get());
        }
        json.endObject();
    }
}
