package org.bellwire.health;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bellwire.api.Status;
import org.bellwire.api.port.BusStatistics;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.Refusal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The counters. Each begins at 0 with the first moment, so that its rate is known from the first count on. */
@Component(service = {Counters.class, Metrics.class})
public final class Metrics implements Counters {

    /** All answers of the contract. */
    private static final List<Integer> ANSWERS = List.of(200, 202, 400, 404, 405, 414, 429, 431, 503);

    private static final int REFUSED = 400;

    private final PrometheusRegistry counted = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer =
            PrometheusTextFormatWriter.builder().build();
    private final Counter requests = counter("bellwire_requests", "Requests of phones, by HTTP status", "status");
    private final Counter reasons =
            counter("bellwire_refusals", "Requests answered 404 or 429, by what the answer does not tell", "reason");
    private final Counter limits =
            counter("bellwire_limits_reached", "What was turned away or cut because a bound was reached", "limit");
    private final Counter results = counter("bellwire_command_results", "Results of commands, by status", "status");

    @Activate
    public Metrics() {
        ANSWERS.forEach(status -> requests.initLabelValues(String.valueOf(status)));
        Arrays.stream(Refusal.values()).forEach(reason -> reasons.initLabelValues(wire(reason)));
        Arrays.stream(Limit.values()).forEach(limit -> limits.initLabelValues(limit.wire()));
        Arrays.stream(Status.values()).forEach(status -> results.initLabelValues(status.wire()));
    }

    @Override
    public void answered(int httpStatus) {
        requests.labelValues(String.valueOf(httpStatus)).inc();
    }

    @Override
    public void refused(Refusal reason) {
        reasons.labelValues(wire(reason)).inc();
    }

    private static String wire(Refusal reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void resulted(Status status) {
        results.labelValues(status.wire()).inc();
    }

    @Override
    public void reached(Limit limit) {
        limits.labelValues(limit.wire()).inc();
    }

    /** How Bellwire is now. */
    HealthReport vitals(Optional<String> missing, BusStatistics bus) {
        Runtime runtime = Runtime.getRuntime();
        return new HealthReport(
                missing,
                bus,
                unknown(),
                refused(),
                reasons(),
                limits(),
                results(),
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.maxMemory());
    }

    /** Requests that were refused, by HTTP status. */
    Map<String, Long> refused() {
        Map<String, Long> refused = values(requests);
        refused.keySet().removeIf(status -> Integer.parseInt(status) < REFUSED);
        return refused;
    }

    /** Requests answered 404 or 429, by what the answer does not tell. */
    Map<String, Long> reasons() {
        return values(reasons);
    }

    /** Requests that were accepted for a phone nobody has configured. */
    long unknown() {
        return values(requests).getOrDefault("202", 0L);
    }

    /** What was turned away or cut by bounds that were reached, by bound. */
    Map<String, Long> limits() {
        Map<String, Long> reached = values(limits);
        reached.values().removeIf(count -> count == 0);
        return reached;
    }

    /** Results of commands, by status. */
    Map<String, Long> results() {
        return values(results);
    }

    /** Writes everything in Prometheus' text format: the counters, and how things are at this moment. */
    void write(OutputStream out, HealthReport vitals) throws IOException {
        writer.write(out, counted.scrape());
        PrometheusRegistry now = new PrometheusRegistry();
        Gauges.of(vitals, now);
        writer.write(out, now.scrape());
    }

    private Counter counter(String name, String help, String label) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .withoutExemplars()
                .register(counted);
    }

    private static Map<String, Long> values(Counter counter) {
        Map<String, Long> values = new TreeMap<>();
        Stream.of(counter.collect())
                .map(CounterSnapshot::getDataPoints)
                .flatMap(Collection::stream)
                .forEach(point ->
                        values.put(point.getLabels().getValue(0).toLowerCase(Locale.ROOT), (long) point.getValue()));
        return values;
    }
}
