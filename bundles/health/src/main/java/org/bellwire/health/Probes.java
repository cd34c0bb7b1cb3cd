package org.bellwire.health;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** {@code GET /health} and {@code GET /metrics}, and 404 for all else: whoever serves them. */
final class Probes {

    static final String HEALTH = "/health";
    static final String METRICS = "/metrics";

    private final Supplier<HealthReport> vitals;
    private final Metrics metrics;
    private final BooleanSupplier draining;

    /** @param draining phones are to be sent elsewhere, as long as there is an elsewhere */
    Probes(Supplier<HealthReport> vitals, Metrics metrics, BooleanSupplier draining) {
        this.vitals = vitals;
        this.metrics = metrics;
        this.draining = draining;
    }

    /** @param path without a query */
    ProbeAnswer answer(String method, String path) {
        if (!path.equals(HEALTH) && !path.equals(METRICS)) {
            return ProbeAnswer.empty(ProbeAnswer.NOT_FOUND);
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return new ProbeAnswer(ProbeAnswer.NO_SUCH_METHOD, Map.of("Allow", "GET, HEAD"), "");
        }
        HealthReport now = vitals.get();
        return path.equals(HEALTH)
                ? health(now, draining.getAsBoolean())
                : ProbeAnswer.of(ProbeAnswer.OK, "text/plain; version=0.0.4; charset=utf-8", text(now));
    }

    private static ProbeAnswer health(HealthReport now, boolean drained) {
        int status = now.isHealthy() && !drained ? ProbeAnswer.OK : ProbeAnswer.UNAVAILABLE;
        return ProbeAnswer.of(status, "application/json", now.probe(drained));
    }

    private String text(HealthReport now) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(4096);
        try {
            metrics.write(text, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory takes all
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
