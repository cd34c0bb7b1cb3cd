package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.itests.ClusterSite.FAR;
import static org.bellwire.itests.ClusterSite.NOBODY;
import static org.bellwire.itests.ClusterSite.PER_SECOND;
import static org.bellwire.itests.ClusterSite.SETTLED;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * One gateway of three lives and is cut off: from Kafka, from the broker, from both, under 100 events and 20 dials a second. It
 * answers only 200: what Kafka does not take within 250 ms is on its disk. These need three nodes of Kafka; in full:
 * {@code -Dbellwire.kafka.nodes=3 -Dbellwire.outage.s=30 -Dbellwire.gap.s=20}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("alone")
@EnabledIfSystemProperty(named = "bellwire.kafka.nodes", matches = "3")
final class ClusterSplitIT {

    private static final int NODES = 3;
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("bellwire.outage.s", 10));
    private static final Duration GAP = Duration.ofSeconds(Integer.getInteger("bellwire.gap.s", 40));
    private static final Duration LONG = SETTLED.plus(OUTAGE);

    private ClusterSite site;

    /** @param unheard the gateway whose phones' reports come only when it is not cut off any more */
    private record Split(String from, Runnable cut, Runnable mend, int unheard) {}

    @BeforeAll
    void starts() {
        site = ClusterSite.withFarGateway(NODES);
    }

    @AfterAll
    void ends() {
        site.close();
    }

    /** Nobody tells it: what it says to Kafka vanishes. */
    @Test
    void gateway_that_is_cut_off_from_kafka_is_replaced_and_keeps_what_it_answered() {
        Cables kafka = site.kafka().far();
        splits(new Split("Kafka", kafka::fallSilent, kafka::mend, FAR));
    }

    /** It brings into Kafka what its own phones report, so that the others publish that, too. */
    @Test
    void gateway_that_is_cut_off_from_the_broker_leaves_its_phones_to_the_others() {
        Cable broker = site.farBroker();
        splits(new Split("the broker", broker::cut, broker::mend, NOBODY));
    }

    @Test
    void gateway_that_is_cut_off_from_both_is_replaced_and_keeps_what_it_answered() {
        Cables kafka = site.kafka().far();
        Cable broker = site.farBroker();
        Runnable cut = () -> {
            kafka.fallSilent();
            broker.cut();
        };
        Runnable mend = () -> {
            kafka.mend();
            broker.mend();
        };
        splits(new Split("both", cut, mend, FAR));
    }

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
            tell(split, without, again, dials);
            Balance balance = ledger.settle(load, LONG)
                    .tell("cluster, gateway cut off from %s for %d s".formatted(split.from(), OUTAGE.toSeconds()));
            balance.isKept();
            assertThat(balance.statuses().keySet()).as("answers").containsOnly(200);
            assertThat(dials.twice()).as("carried out twice").isZero();
            assertThat(without).as("until the others took over").isLessThanOrEqualTo(GAP);
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

    private static void tell(Split split, Duration without, Duration again, Dials dials) {
        System.out.printf(
                "figure: cluster: a gateway cut off from %s: %s heard again after %d ms, all phones %d ms after it was mended;"
                        + " %d dials sent, %d carried out, %d twice%n",
                split.from(),
                split.unheard() == FAR ? "phones of the others" : "all phones",
                without.toMillis(),
                again.toMillis(),
                dials.sent(),
                dials.dialled().size(),
                dials.twice());
    }
}
