package org.bellwire.health;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once in the log where another gateway of the building has other files or another time than this one, and once when that is
 * over. One difference alone is none: files are being spread, or a report was on the way for long. For one thread.
 */
final class GatewayComparison {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayComparison.class);
    private static final String TIME = "time";
    private static final String FILES = "files";
    /** So far may clocks be apart: what a report takes on its way is far less. */
    private static final Duration APART = Duration.ofSeconds(1);

    private final Map<String, Differences> gateways = new HashMap<>();

    /** What is known of another one. */
    private static final class Differences {
        private Instant last = Instant.EPOCH;
        private final Difference files = new Difference();
        private final Difference clock = new Difference();
    }

    /** Something that differs, or not. */
    private static final class Difference {
        private int inARow;
        private boolean told;

        /** True if this is to be told: that it differs lastingly, or that it does not any more. */
        boolean isNews(boolean differs) {
            inARow = differs ? inARow + 1 : 0;
            boolean tell = told ? inARow == 0 : inARow == 2;
            told = tell != told;
            return tell;
        }
    }

    /** This report with this gateway's time and what its files say. */
    static String signed(String report, Instant now, Optional<String> files) {
        JsonObject signed = JsonParser.parseString(report).getAsJsonObject();
        signed.addProperty(TIME, now.toString());
        files.ifPresent(word -> signed.addProperty(FILES, word));
        return signed.toString();
    }

    /** Looks at what others told; those that are not named any more are forgotten. */
    void look(Map<String, OtherReports.Arrival> reports, Optional<String> ownFiles) {
        gateways.keySet().retainAll(reports.keySet());
        reports.forEach((name, arrival) -> {
            Differences known = gateways.computeIfAbsent(name, any -> new Differences());
            if (!arrival.at().equals(known.last)) { // or one report would count twice
                known.last = arrival.at();
                compare(name, known, arrival, ownFiles);
            }
        });
    }

    private static void compare(
            String name, Differences known, OtherReports.Arrival arrival, Optional<String> ownFiles) {
        Optional<JsonObject> report = read(arrival.report());
        Optional<String> files = report.flatMap(told -> text(told, FILES));
        if (files.isPresent() && ownFiles.isPresent()) {
            boolean differ = !files.equals(ownFiles);
            if (known.files.isNews(differ)) {
                tellOfFiles(name, differ);
            }
        }
        Optional<Instant> time = report.flatMap(told -> text(told, TIME)).flatMap(GatewayComparison::instant);
        if (time.isPresent() && arrival.isFresh()) {
            Duration ahead = Duration.between(arrival.at(), time.get());
            boolean differ = ahead.abs().compareTo(APART) > 0;
            if (known.clock.isNews(differ)) {
                tellOfClock(name, differ, ahead);
            }
        }
    }

    private static void tellOfFiles(String name, boolean differ) {
        if (differ) {
            LOG.warn(
                    "{} has other files of phones, groups, triggers or sites than this gateway, so a phone is served by one or the"
                            + " other: copy org.bellwire.phone-*.cfg, group-*, trigger-* and site-* of one gateway's etc/ to all",
                    name);
        } else {
            LOG.info("{} has the same files of phones, groups, triggers and sites as this gateway again", name);
        }
    }

    private static void tellOfClock(String name, boolean differ, Duration ahead) {
        if (differ) {
            LOG.warn(
                    "the clock of {} is {} s {} this one's, and by as much the ages of events are wrong: set up NTP on both machines",
                    name,
                    String.format(
                            Locale.ROOT,
                            "%.1f",
                            ahead.abs().toSeconds() + ahead.abs().toNanosPart() / 1e9),
                    ahead.isNegative() ? "behind" : "ahead of");
        } else {
            LOG.info("the clock of {} shows the same time as this one's again", name);
        }
    }

    private static Optional<JsonObject> read(String report) {
        try {
            return Optional.of(JsonParser.parseString(report))
                    .filter(JsonElement::isJsonObject)
                    .map(JsonElement::getAsJsonObject);
        } catch (JsonParseException e) { // anybody at the broker can write there
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonObject report, String key) {
        return Optional.ofNullable(report.get(key))
                .filter(value ->
                        value.isJsonPrimitive() && value.getAsJsonPrimitive().isString())
                .map(JsonElement::getAsString);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) { // the same
            return Optional.empty();
        }
    }
}
