package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What an event costs three gateways together, in processor time, against one that is alone; Kafka's own is not counted. Both are
 * given as many as they answer, so that what passes without events weighs little. This needs three nodes of Kafka:
 * {@code -Dbellwire.kafka.nodes=3}.
 */
@Tag("alone")
@EnabledIfSystemProperty(named = "bellwire.kafka.nodes", matches = "3")
final class ClusterCostIT {

    private static final int NODES = 3;
    private static final int PHONES = 60;
    private static final int BEFORE = 5_000;
    private static final int EVENTS = 20_000;
    private static final int PER_SECOND = 2_000;
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final double MOST = 1.6;

    @Test
    void event_costs_a_cluster_little_more_than_one_gateway() {
        double alone;
        try (Site site = Site.prepared("cost-alone")) {
            Load.files(PHONES).forEach(site.bellwire()::write);
            site.start();
            alone = cost(
                    site.broker(),
                    () -> Load.start(site.caller(), PHONES, PER_SECOND),
                    List.of(site.bellwire().java()));
        }
        double together;
        try (ClusterSite site = ClusterSite.with(NODES)) {
            site.awaitMembers();
            together = cost(site.broker(), () -> site.storm(PER_SECOND), site.processes());
        }
        System.out.printf(
                "figure: cluster: processor time for an event: %.0f us of one gateway, %.0f us of three together, %.2f times as much%n",
                alone, together, together / alone);
        assertThat(together / alone).as("times as much as alone").isLessThanOrEqualTo(MOST);
    }

    /** In microseconds, until the last event has arrived. */
    private static double cost(Mosquitto broker, Supplier<Load> begin, List<ProcessHandle> gateways) {
        events(broker, begin, BEFORE);
        Duration before = ClusterSite.processorTime(gateways);
        long count = events(broker, begin, EVENTS);
        return ClusterSite.processorTime(gateways).minus(before).toNanos() / 1e3 / count;
    }

    private static long events(Mosquitto broker, Supplier<Load> begin, int least) {
        try (Ledger ledger = Ledger.at(broker)) {
            Load load = begin.get();
            try (load) {
                load.promises(least, LONG);
            }
            Balance balance = ledger.settle(load, LONG);
            assertThat(balance.missing()).as("promised and missing").isEmpty();
            return balance.promised();
        }
    }
}
