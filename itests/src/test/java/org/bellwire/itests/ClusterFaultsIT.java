package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.itests.ClusterSite.FAR;
import static org.bellwire.itests.ClusterSite.GATEWAYS;
import static org.bellwire.itests.ClusterSite.NOBODY;
import static org.bellwire.itests.ClusterSite.PER_SECOND;
import static org.bellwire.itests.ClusterSite.SETTLED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Three gateways on three nodes of Kafka: one of these that is killed, alone and with a gateway, a Kafka without a majority, a broker
 * that is away, and a gateway that is cut off, under 100 events a second. In full:
 * {@code -Dbellwire.rounds=5 -Dbellwire.outage.s=60 -Dbellwire.gap.s=12}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("alone")
final class ClusterFaultsIT {

    private static final int NODES = 3;
    private static final int ROUNDS = Integer.getInteger("bellwire.rounds", 1);
    /** Of nodes: each in each round, but one in a build. */
    private static final int KILLS = ROUNDS == 1 ? 1 : ROUNDS * NODES;

    private static final Duration GAP = Duration.ofSeconds(Integer.getInteger("bellwire.gap.s", 40));
    /** With two faults, one after the other, or where a gateway first waits for its broker to come back. */
    private static final Duration LONG_GAP = GAP.plusSeconds(8);

    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("bellwire.outage.s", 10));
    private static final Duration LONG = SETTLED.plus(OUTAGE);

    private ClusterSite site;

    @BeforeAll
    void starts() {
        site = ClusterSite.withFarGateway(NODES);
    }

    @AfterAll
    void ends() {
        site.close();
    }

    private static void tell(String what, Duration gap) {
        System.out.printf("figure: cluster: all phones heard again %d ms after %s%n", gap.toMillis(), what);
    }

    @Test
    void node_of_kafka_that_is_killed_costs_no_event_and_repeats_no_dial() {
        List<Long> gaps = new ArrayList<>();
        try (Ledger ledger = Ledger.at(site.broker());
                Dials dials = site.dials()) {
            Load load = site.load();
            try (load) {
                for (int round = 0; round < KILLS; round++) {
                    int victim = round % NODES;
                    load.promises(PER_SECOND, SETTLED);
                    dials.awaitFresh();
                    Instant killed = Instant.now();
                    site.kafka().kill(victim);
                    dials.dialFor(Duration.ofSeconds(2));
                    gaps.add(site.awaitAll(ledger, load, killed, NOBODY).toMillis());
                    dials.awaitFresh();
                    site.kafka().startAgain(victim);
                    load.promises(PER_SECOND, SETTLED);
                }
            }
            Balance balance =
                    ledger.settle(load, SETTLED).tell("cluster, node of Kafka killed %d times".formatted(KILLS));
            dials.tell(gaps, "a node was killed");
            balance.isKept();
            assertThat(balance.statuses().keySet()).as("answers").containsOnly(200);
            dials.isOnceAndInOrder();
            assertThat(gaps).allMatch(gap -> gap <= GAP.toMillis());
        }
    }

    @Test
    void gateway_and_node_that_are_killed_at_once_cost_no_event() {
        List<Long> gaps = new ArrayList<>();
        try (Ledger ledger = Ledger.at(site.broker());
                Dials dials = site.dials()) {
            Load load = site.load();
            try (load) {
                for (int round = 0; round < ROUNDS; round++) {
                    int victim = round % GATEWAYS;
                    load.promises(PER_SECOND, SETTLED);
                    dials.awaitFresh();
                    Instant killed = Instant.now();
                    site.gateway(victim).kill();
                    site.kafka().kill(victim);
                    dials.dialFor(Duration.ofSeconds(2));
                    gaps.add(site.awaitAll(ledger, load, killed, victim).toMillis());
                    site.kafka().startAgain(victim);
                    site.startAgain(victim);
                    load.promises(PER_SECOND, SETTLED);
                    dials.awaitFresh();
                }
            }
            Balance balance =
                    ledger.settle(load, SETTLED).tell("cluster, gateway and node killed %d times".formatted(ROUNDS));
            dials.tell(gaps, "a gateway and a node were killed");
            balance.isKept();
            dials.isOnceAndInOrder();
            assertThat(gaps).allMatch(gap -> gap <= LONG_GAP.toMillis());
        }
    }

    @Test
    void kafka_without_a_majority_loses_nothing_that_was_answered() {
        int[] most = IntStream.rangeClosed(0, NODES / 2).toArray();
        try (Ledger ledger = Ledger.at(site.broker())) {
            Load load = site.load();
            try (load) {
                load.promises(PER_SECOND, SETTLED);
                IntStream.of(most).forEach(site.kafka()::kill);
                load.promises((int) (PER_SECOND * OUTAGE.toSeconds()), LONG);
                Instant back = Instant.now();
                site.kafka().startAgain(most);
                tell("Kafka had its majority again", site.awaitAll(ledger, load, back, NOBODY));
            }
            Balance balance = ledger.settle(load, LONG).tell("cluster, most nodes of Kafka away");
            balance.isKept();
            assertThat(balance.statuses().keySet()).as("answers").containsOnly(200);
        }
    }

    /**
     * The broker is stopped, not killed: it writes down what it has when it ends (and else each half hour), and one that is killed
     * forgets the ledger's session with all that it had acknowledged to the gateways. What it had for the ledger it delivers on
     * {@code event/} when it is back: that is excused.
     */
    @Test
    void broker_that_is_away_and_comes_back_gets_every_event() {
        Instant stopped;
        Instant gone;
        try (Ledger ledger = Ledger.at(site.broker())) {
            Load load = site.load();
            try (load) {
                load.promises(PER_SECOND, SETTLED);
                stopped = Instant.now();
                site.broker().stop();
                gone = Instant.now();
                load.promises((int) (PER_SECOND * OUTAGE.toSeconds()), LONG);
                Instant back = Instant.now();
                site.broker().start();
                tell("the broker was back", site.awaitAll(ledger, load, back, NOBODY));
                dialsAgain();
            }
            Balance balance = ledger.settle(load, LONG)
                    .tell("cluster, broker away for %d s".formatted(OUTAGE.toSeconds()))
                    .excusing(stopped.minusSeconds(1), gone);
            balance.isKept();
            assertThat(balance.statuses().keySet()).as("answers").containsOnly(200);
        }
    }

    /**
     * The gateway stays where phones reach it, and answers only 200: what Kafka does not take within 250 ms is on its disk. A build has
     * one that is cut off from all.
     */
    @Test
    void gateway_that_is_cut_off_is_replaced_and_keeps_what_it_answered() {
        Cables kafka = site.kafka().far();
        Cable broker = site.farBroker();
        // Nobody tells it: what it says to Kafka vanishes.
        Split fromKafka = new Split("Kafka", kafka::fallSilent, kafka::mend, FAR);
        // It brings into Kafka what its own phones report, so that the others publish that, too.
        Split fromBroker = new Split("the broker", broker::cut, broker::mend, NOBODY);
        Split fromBoth = new Split(
                "both",
                () -> {
                    kafka.fallSilent();
                    broker.cut();
                },
                () -> {
                    kafka.mend();
                    broker.mend();
                },
                FAR);
        (ROUNDS == 1 ? List.of(fromBoth) : List.of(fromKafka, fromBroker, fromBoth)).forEach(this::splits);
    }

    /** @param unheard the gateway whose phones' reports come only when it is not cut off any more */
    private record Split(String from, Runnable cut, Runnable mend, int unheard) {}

    private void splits(Split split) {
        site.awaitMembers();
        try (Ledger ledger = Ledger.at(site.broker());
                Dials dials = site.dials()) {
            Load load = site.load();
            Duration without;
            Duration again;
            try (load) {
                load.promises(PER_SECOND, SETTLED);
                dials.awaitFresh();
                without = whileCutOff(split, ledger, load, dials);
                again = site.gap(ledger, load, Instant.now(), NOBODY, LONG);
                dials.awaitFresh();
            }
            tell("a gateway was cut off from " + split.from(), without);
            tell("it was not any more", again);
            Balance balance = ledger.settle(load, LONG)
                    .tell("cluster, gateway cut off from %s for %d s".formatted(split.from(), OUTAGE.toSeconds()));
            balance.isKept();
            assertThat(balance.statuses().keySet()).as("answers").containsOnly(200);
            assertThat(dials.twice()).as("carried out twice").isZero();
            assertThat(without).as("until the others took over").isLessThanOrEqualTo(LONG_GAP);
        }
    }

    /** Is over only when the others have taken over, so that nothing but they can have been heard. */
    private Duration whileCutOff(Split split, Ledger ledger, Load load, Dials dials) {
        try {
            split.cut().run();
            Instant cut = Instant.now();
            dials.dialFor(OUTAGE);
            return site.gap(ledger, load, cut, split.unheard(), SETTLED);
        } finally {
            split.mend().run();
        }
    }

    /** By connections that were made just now: those of before ended with the broker. */
    private void dialsAgain() {
        try (Dials dials = site.dials()) {
            dials.awaitFresh();
            assertThat(dials.twice()).as("carried out twice").isZero();
        }
    }
}
