package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.itests.ClusterSite.GATEWAYS;
import static org.bellwire.itests.ClusterSite.NOBODY;
import static org.bellwire.itests.ClusterSite.PER_SECOND;
import static org.bellwire.itests.ClusterSite.SETTLED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Gateways behind a balancer that are upgraded one after the other, under 100 events and 20 dials a second: each is drained, stopped
 * and started again. A build has one node of Kafka and one restart; in full:
 * {@code -Dbellwire.kafka.nodes=3 -Dbellwire.rounds=10 -Dbellwire.restart.gap.s=2}; with {@code -Dbellwire.older=} and the archive of
 * an older version, that is one of the gateways.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("alone")
final class ClusterUpgradeIT {

    private static final int NODES = Integer.getInteger("bellwire.kafka.nodes", 1);
    private static final int ROUNDS = Integer.getInteger("bellwire.rounds", 1);
    /** Each gateway in each round, but one in a build. */
    private static final int RESTARTS = ROUNDS == 1 ? 1 : ROUNDS * GATEWAYS;

    /** What is upgraded has run for a while, in full. */
    private static final int WARM_S = ROUNDS == 1 ? 1 : 30;

    private static final Duration GAP = Duration.ofSeconds(Integer.getInteger("bellwire.restart.gap.s", 40));

    private final List<Integer> probes = new ArrayList<>();
    private final int port = Loopback.freePort();
    private final ClusterSite site = ClusterSite.with(NODES, this::prepare);
    private final Balancer balancer = Balancer.running(Scratch.folder("upgrade"), lines());

    private void prepare(ClusterSite unstarted) {
        for (int i = 0; i < GATEWAYS; i++) {
            probes.add(Loopback.freePort());
            unstarted.gateway(i).set("org.bellwire.console", "port", String.valueOf(probes.get(i)));
            unstarted.gateway(i).set("org.bellwire.ingress", "trusted.proxies", "127.0.0.1");
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(
                "listen phones",
                "  bind 127.0.0.1:" + port,
                "  balance source",
                "  option httpchk GET /health",
                "  timeout check 5s",
                "  option redispatch",
                "  retries 3"));
        for (int i = 0; i < GATEWAYS; i++) {
            lines.add("  server gateway-%d 127.0.0.1:%d send-proxy-v2 check port %d inter 200 fall 1 rise 2"
                    .formatted(i, site.gateway(i).port(), probes.get(i)));
        }
        return lines;
    }

    @AfterAll
    void ends() {
        balancer.close();
        site.close();
    }

    @Test
    void gateways_are_upgraded_in_turn_and_no_phone_is_refused() {
        List<Long> gaps = new ArrayList<>();
        try (Ledger ledger = Ledger.at(site.broker());
                Dials dials = site.dials()) {
            Load load = site.load(new ActionUrlClient(Loopback.LOCALHOST, port, Distribution.TOKEN));
            try (load) {
                load.promises(PER_SECOND * WARM_S, SETTLED);
                for (int round = 0; round < RESTARTS; round++) {
                    load.promises(PER_SECOND, SETTLED);
                    dials.awaitFresh();
                    gaps.add(restart(round % GATEWAYS, ledger, load, dials).toMillis());
                }
                load.promises(PER_SECOND, SETTLED);
            }
            Balance balance = ledger.settle(load, SETTLED).tell("cluster, %d gateways upgraded".formatted(RESTARTS));
            System.out.printf(
                    "figure: cluster: all phones heard again %s ms after a gateway was stopped; %d dials sent, %d carried out, %d twice%n",
                    gaps, dials.sent(), dials.dialled().size(), dials.twice());
            balance.excusingLate().isKept();
            assertThat(balance.statuses().keySet()).as("answers").containsOnly(200);
            assertThat(dials.twice()).as("carried out twice").isZero();
            assertThat(dials.dialled()).as("in the order of sending").isSorted();
            assertThat(gaps).allMatch(gap -> gap <= GAP.toMillis());
        }
    }

    private Duration restart(int number, Ledger ledger, Load load, Dials dials) {
        String server = "gateway-" + number;
        long down = balancer.said(server, "DOWN");
        Waits.atMost(SETTLED, server + " is drained")
                .until(() -> site.gateway(number).bellwire("phone:drain").exit() == 0);
        Waits.atMost(SETTLED, server + " gets no more phones").until(() -> balancer.said(server, "DOWN") > down);
        long up = balancer.said(server, "UP");
        Instant stopped = Instant.now();
        site.signal(number, "-TERM");
        dials.dialFor(Duration.ofSeconds(2));
        Duration gap = site.gap(ledger, load, stopped, NOBODY, SETTLED);
        site.gateway(number).program().ends(Duration.ofSeconds(30));
        long owned = ownerships(number);
        site.startAgain(number);
        Waits.atMost(SETTLED, server + " owns partitions again").until(() -> ownerships(number) > owned);
        Waits.atMost(SETTLED, server + " gets phones again").until(() -> balancer.said(server, "UP") > up);
        return gap;
    }

    /** How often it said that it owns partitions. */
    private long ownerships(int number) {
        return site.gateway(number)
                .log(name -> name.equals("bellwire.log"))
                .lines()
                .filter(line -> line.contains(" owns "))
                .count();
    }
}
