package org.bellwire.health;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.bellwire.api.port.BusStatistics;

/** How things are at one moment, for Prometheus. */
final class Gauges {

    private final PrometheusRegistry registry;

    private Gauges(PrometheusRegistry registry) {
        this.registry = registry;
    }

    static void of(HealthReport vitals, PrometheusRegistry registry) {
        Gauges gauges = new Gauges(registry);
        BusStatistics bus = vitals.bus();
        gauges.gauge("bellwire_healthy", "1: what phones report is accepted", vitals.isHealthy() ? 1 : 0);
        gauges.gauge("bellwire_broker_connected", "1: there is a connection to the broker", bus.connected() ? 1 : 0);
        gauges.gauge("bellwire_queue_messages", "Messages that wait for the broker in memory", bus.queued());
        gauges.gauge("bellwire_spool_events", "Events that wait for the broker on disk", bus.spooled());
        gauges.gauge(
                "bellwire_spool_usable",
                "1: events can be written to disk",
                bus.spoolFault().isEmpty() ? 1 : 0);
        gauges.counter("bellwire_events_accepted", "Events that were promised", bus.accepted());
        gauges.counter("bellwire_events_refused", "Events that could not be promised", bus.refused());
        gauges.counter("bellwire_events_published", "Events at the broker in time", bus.published());
        gauges.counter("bellwire_events_late", "Events at the broker too late to act on", bus.late());
        gauges.counter("bellwire_events_stored", "Events that had to go to disk", bus.stored());
        gauges.counter("bellwire_events_drained", "Events that went from disk to the broker", bus.drained());
        gauges.counter("bellwire_events_dropped", "Events that were promised and lost", bus.dropped());
        gauges.gauge("bellwire_memory_used_bytes", "Memory in use", vitals.memoryUsed());
        gauges.gauge("bellwire_memory_max_bytes", "Memory that may be used", vitals.memoryMax());
    }

    private void gauge(String name, String help, long value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call((double) value))
                .register(registry);
    }

    private void counter(String name, String help, long value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(counter -> counter.call((double) value))
                .register(registry);
    }
}
