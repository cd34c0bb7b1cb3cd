package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Events as fast as a cluster answers, of all its phones. As soon as all are answered, a gateway is killed: much of the storm is then
 * still on its way.
 */
final class Storm {

    /** More than gateways on a small machine answer: the load has a hundred phones at once waiting for theirs. */
    private static final int PER_SECOND = 2_000;

    /** It hears the commands for all, too. */
    private static final int VICTIM = 0;

    private static final Duration LONG = Duration.ofMinutes(5);

    private Storm() {}

    /** Strikes with so many events, and ends when the gateway that was killed is back and all have arrived. */
    static void strike(ClusterSite site, int events) {
        site.awaitMembers();
        try (Ledger ledger = Ledger.at(site.broker())) {
            Instant begin = Instant.now();
            Load storm = site.storm(PER_SECOND);
            try (storm) {
                storm.promises(events, LONG);
            }
            Instant killed = Instant.now();
            site.gateway(VICTIM).kill();
            Load after = site.load();
            Duration gap;
            try (after) {
                gap = site.gap(ledger, after, killed, VICTIM, LONG);
            }
            Instant back = Instant.now();
            site.startAgain(VICTIM); // what its disk holds comes now
            Balance balance = ledger.settle(storm, LONG).tell("cluster, storm");
            tell(balance, begin, killed, back, gap);
            isKept(balance);
            isKept(ledger.settle(after, LONG).tell("cluster, after the storm, a gateway killed"));
        }
    }

    private static void tell(Balance storm, Instant begin, Instant killed, Instant back, Duration gap) {
        Collection<Instant> came = came(storm);
        Duration all = Duration.between(
                begin, came.stream().max(Comparator.naturalOrder()).orElseThrow());
        System.out.printf(
                "figure: cluster: storm of %d events: answered in %.1f s, arrived in %.1f s, %d of them after a gateway"
                        + " was killed, %d when it was back; phones of the others heard again %d ms after the kill%n",
                came.size(),
                Duration.between(begin, killed).toMillis() / 1e3,
                all.toMillis() / 1e3,
                came.stream().filter(killed::isBefore).count(),
                came.stream().filter(back::isBefore).count(),
                gap.toMillis());
    }

    /** When each event came for the first time. */
    private static Collection<Instant> came(Balance balance) {
        Map<String, Instant> first = new HashMap<>();
        balance.arrivals().forEach(arrival -> first.putIfAbsent(arrival.id(), arrival.came()));
        return first.values();
    }

    /** How old events are that come on {@code event/} is not asserted: in a storm the ledger itself hears them late. */
    private static void isKept(Balance balance) {
        assertThat(balance.promised()).as("promised").isPositive();
        assertThat(balance.missing()).as("promised and missing").isEmpty();
        assertThat(balance.disordered()).as("out of order").isEmpty();
        assertThat(balance.renamed()).as("redelivered under another id").isEmpty();
        assertThat(balance.statuses().keySet()).as("answers").isSubsetOf(200, 503, Load.REFUSED, Load.UNANSWERED);
    }
}
