package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * 500 phones send 200 events a second to three gateways and nothing fails: how long an event takes to its arrival, minute by minute, once
 * the gateways have had a minute to get warm. Runs for so many minutes: {@code -Dbellwire.quiet.min=10 -Dbellwire.kafka.nodes=3}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("alone")
@EnabledIfSystemProperty(named = "bellwire.quiet.min", matches = "[1-9][0-9]*")
final class ClusterLatencyIT {

    private static final int NODES = Integer.getInteger("bellwire.kafka.nodes", 1);
    private static final int MINUTES = Integer.getInteger("bellwire.quiet.min", 1);
    private static final int PHONES = 500;
    private static final int PER_SECOND = 200;
    private static final int PER_MINUTE = 60 * PER_SECOND;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private ClusterSite site;

    @BeforeAll
    void starts() {
        site = ClusterSite.withPhones(NODES, PHONES);
    }

    @AfterAll
    void ends() {
        site.close();
    }

    @Test
    void events_come_once_and_in_order_and_their_latency_is_told() {
        site.awaitMembers();
        try (Load warming = site.storm(PER_SECOND)) {
            warming.promises(PER_MINUTE, PATIENCE);
        }
        List<Balance> minutes = new ArrayList<>();
        long begin = System.nanoTime();
        Duration gateways = ClusterSite.processorTime(site.processes());
        Duration kafka = ClusterSite.processorTime(site.kafka().processes());
        for (int minute = 1; minute <= MINUTES; minute++) {
            try (Ledger ledger = Ledger.at(site.broker())) {
                Load load = site.storm(PER_SECOND);
                try (load) {
                    load.promises(PER_MINUTE, PATIENCE);
                }
                Balance balance = ledger.settle(load, PATIENCE).tell("cluster, quiet, minute " + minute);
                tellLatency("minute " + minute, List.of(balance));
                minutes.add(balance);
            }
        }
        tellLatency(MINUTES + " minutes", minutes);
        System.out.printf(
                "figure: cluster, quiet: used of one processor: three gateways %s, Kafka %s%n",
                percent(ClusterSite.processorTime(site.processes()).minus(gateways), begin),
                percent(ClusterSite.processorTime(site.kafka().processes()).minus(kafka), begin));
        assertThat(minutes).allSatisfy(balance -> {
            balance.isKept();
            assertThat(balance.again()).as("came twice").isZero();
        });
    }

    private static String percent(Duration used, long begin) {
        return "%.0f %%".formatted(100.0 * used.toNanos() / (System.nanoTime() - begin));
    }

    private static void tellLatency(String what, List<Balance> balances) {
        List<Long> ages = balances.stream()
                .flatMap(balance -> balance.arrivals().stream())
                .map(arrival -> arrival.age().toMillis())
                .sorted()
                .toList();
        System.out.printf(
                "figure: cluster, quiet, %s: from the report to its arrival p50 %d ms, p99 %d ms, max %d ms%n",
                what, ages.get(ages.size() / 2), ages.get(ages.size() * 99 / 100), ages.get(ages.size() - 1));
    }
}
