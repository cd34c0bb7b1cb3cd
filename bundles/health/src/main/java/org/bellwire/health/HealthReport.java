package org.bellwire.health;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.port.BusStatistics;

/**
 * The health of Bellwire at one moment.
 *
 * @param missing a part that is not there; empty: all are
 * @param unknown requests of phones that nobody has configured
 * @param refused requests that were refused, by HTTP status
 * @param reasons of them those that were answered 404 or 429, by what the answer does not tell
 * @param limits what was turned away or cut by bounds that were reached, by bound
 * @param commands results of commands, by status
 */
record HealthReport(
        Optional<String> missing,
        BusStatistics bus,
        long unknown,
        Map<String, Long> refused,
        Map<String, Long> reasons,
        Map<String, Long> limits,
        Map<String, Long> commands,
        long memoryUsed,
        long memoryMax) {

    /** Why nothing that a phone reports can be accepted now; empty: it can. */
    Optional<String> illness() {
        Optional<String> unsafe = bus.connected()
                ? Optional.empty()
                : bus.spoolFault().map(fault -> "no connection to the broker, and nothing goes to disk: " + fault);
        return missing.or(() -> unsafe);
    }

    boolean isHealthy() {
        return illness().isEmpty();
    }

    private String status(boolean drained) {
        if (!isHealthy()) {
            return "down";
        }
        return drained ? "draining" : bus.connected() ? "ok" : "degraded";
    }

    private Optional<String> reason(boolean drained) {
        if (isHealthy() && drained) {
            return Optional.of("phone:drain was called, so a balancer is to send phones elsewhere; phone:drain --off"
                    + " or a restart ends it");
        }
        return illness()
                .or(() -> bus.connected()
                        ? Optional.empty()
                        : Optional.of("no connection to the broker; events are kept on disk"));
    }

    /** The answer to a probe. */
    String probe(boolean drained) {
        return json(json -> {
            json.name("status").value(status(drained));
            Optional<String> reason = reason(drained);
            if (reason.isPresent()) {
                json.name("reason").value(reason.get());
            }
            json.name("connected").value(bus.connected());
            json.name("queue").value(bus.queued());
            json.name("spool").value(bus.spooled());
            if (!limits.isEmpty()) {
                counts(json.name("limits"), limits);
            }
        });
    }

    /** The payload of {@code bridge/health}. */
    String report() {
        return json(json -> {
            json.name("connected").value(bus.connected());
            json.name("queue").value(bus.queued());
            json.name("spool").value(bus.spooled());
            if (bus.spoolFault().isPresent()) {
                json.name("spool_fault").value(bus.spoolFault().get());
            }
            json.name("accepted").value(bus.accepted());
            json.name("published").value(bus.published());
            json.name("late").value(bus.late());
            json.name("stored").value(bus.stored());
            json.name("drained").value(bus.drained());
            json.name("dropped").value(bus.dropped());
            json.name("unknown").value(unknown);
            counts(json.name("refused"), refused);
            counts(json.name("reasons"), reasons);
            counts(json.name("limits"), limits);
            counts(json.name("commands"), commands);
            json.name("memory").beginObject();
            json.name("used").value(memoryUsed);
            json.name("max").value(memoryMax).endObject();
        });
    }

    private static void counts(JsonWriter json, Map<String, Long> counts) throws IOException {
        json.beginObject();
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            json.name(count.getKey()).value(count.getValue());
        }
        json.endObject();
    }

    private interface Body {
        void write(JsonWriter json) throws IOException;
    }

    private static String json(Body body) {
        StringWriter out = new StringWriter(512);
        try (JsonWriter json = new JsonWriter(out)) {
            json.beginObject();
            body.write(json);
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
