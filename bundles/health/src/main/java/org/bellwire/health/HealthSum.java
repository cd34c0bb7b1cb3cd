package org.bellwire.health;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Adds up what several gateways tell of their health: counts are summed, all else is as the first says. */
final class HealthSum {

    /** Anybody at the broker can write what looks like a report: no more of one is read. */
    static final int MAX_REPORT = 16 * 1024;

    /** Others are no counts, and some are slow to read. */
    private static final Pattern COUNT = Pattern.compile("\\d{1,18}");

    private HealthSum() {}

    /** The first report with the counts of the others added, as far as they can be read. */
    static String of(String first, Collection<String> others) {
        JsonObject sum = JsonParser.parseString(first).getAsJsonObject();
        others.stream().map(HealthSum::read).flatMap(Optional::stream).forEach(other -> {
            add(sum, other);
            for (Map.Entry<String, JsonElement> group : other.entrySet()) {
                if (group.getValue().isJsonObject() && sum.get(group.getKey()) instanceof JsonObject own) {
                    add(own, group.getValue().getAsJsonObject());
                }
            }
        });
        return sum.toString();
    }

    private static Optional<JsonObject> read(String report) {
        try {
            return report.length() > MAX_REPORT
                    ? Optional.empty()
                    : Optional.of(JsonParser.parseString(report))
                            .filter(JsonElement::isJsonObject)
                            .map(JsonElement::getAsJsonObject);
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    private static void add(JsonObject sum, JsonObject other) {
        for (Map.Entry<String, JsonElement> field : other.entrySet()) {
            Optional<Long> count = count(field.getValue());
            Optional<Long> own = Optional.ofNullable(sum.get(field.getKey())).flatMap(HealthSum::count);
            if (count.isPresent() && (own.isPresent() || !sum.has(field.getKey()))) {
                sum.addProperty(field.getKey(), own.orElse(0L) + count.get());
            }
        }
    }

    private static Optional<Long> count(JsonElement value) {
        return value.isJsonPrimitive()
                        && value.getAsJsonPrimitive().isNumber()
                        && COUNT.matcher(value.getAsString()).matches()
                ? Optional.of(value.getAsLong())
                : Optional.empty();
    }
}
