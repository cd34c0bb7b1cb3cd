package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Some flood the gateway; the others do not notice. A build floods it for a moment and has other work for the processors; in
 * full: {@code -Dbellwire.flood=50000 -Dbellwire.p99.ms=100}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("alone")
final class FloodsIT {

    private static final int REQUESTS = Integer.getInteger("bellwire.flood", 10_000);
    private static final long P99_MS = Long.getLong("bellwire.p99.ms", 2_000);
    private static final int PER_SECOND = 5_000;
    private static final int OF_THE_LOUD_ONE = 1_000;
    private static final int ADDRESSES = 5;
    private static final int SLOW = 500;
    private static final int PHONES = 50;
    private static final int EVENTS_PER_SECOND = 50;
    private static final int GROWTH_MB = 64;
    private static final int MORE_THREADS = 8;
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private final List<PhoneFile> noisy = IntStream.range(0, 100)
            .mapToObj(i -> PhoneFile.of("noisy-" + i, "htek").with("mac", "001fc30000%02x".formatted(i)))
            .toList();
    private final List<PhoneFile> loud = List.of(PhoneFile.of("loud", "htek").with("mac", "001fc3000100"));
    private final Site site = Site.prepared("floods");

    private record Flooded(Balance others, Footprint most) {}

    @BeforeAll
    void starts() {
        Load.files(PHONES).forEach(site.bellwire()::write);
        noisy.forEach(site.bellwire()::write);
        loud.forEach(site.bellwire()::write);
        site.start();
        Waits.atMost(SETTLED, "all phones are known").until(() -> {
            try (Listener listener = site.listener()) {
                return listener.first("bellwire/bridge/info")
                                .json()
                                .get("phones")
                                .getAsInt()
                        == PHONES + noisy.size() + loud.size();
            }
        });
    }

    @AfterAll
    void ends() {
        site.close();
    }

    @Test
    void flood_loud_phone_and_slow_sockets_hurt_nobody_else() {
        int idle = Footprint.of(site.bellwire().java()).descriptors();
        flood(REQUESTS / 4); // once before, so that all code is there and all threads were needed
        Footprint before = settled(idle);

        Flooded flooded = flood(REQUESTS);

        Footprint after = settled(idle);
        System.out.printf("figure: flood: before %s; at most %s; after %s%n", before, flooded.most(), after);
        assertThat(flooded.others().percentileMillis(99))
                .as("p99 of the others in ms")
                .isLessThan(P99_MS);
        assertThat(flooded.others().statuses()).as("the others' answers").containsOnlyKeys(200);
        assertThat(after.megabytes()).as("memory in MB").isLessThan(before.megabytes() + GROWTH_MB);
        assertThat(flooded.most().threads()).as("threads").isLessThan(before.threads() + MORE_THREADS);
    }

    private Flooded flood(int requests) {
        int port = site.bellwire().port();
        int loudRequests = requests * OF_THE_LOUD_ONE / PER_SECOND;
        try (Ledger ledger = Ledger.at(site.broker());
                SlowSockets slow = SlowSockets.open(port, SLOW);
                Flood many = Flood.of(requests, PER_SECOND, port, noisy, addresses(ADDRESSES));
                Flood one = Flood.of(loudRequests, OF_THE_LOUD_ONE, port, loud, addresses(1))) {
            Load load = Load.start(site.caller(), PHONES, EVENTS_PER_SECOND);
            Footprint most;
            try (load) {
                most = mostUntilOver(many);
                one.ends();
            }
            many.tell("flood from %d addresses".formatted(ADDRESSES));
            one.tell("flood from one phone");
            System.out.printf("figure: %d slow sockets, opened %d times%n", SLOW, slow.opened());
            assertThat(one.answers()).as("answers to the loud phone").containsKeys(200, 429);
            assertArrived(ledger, many);
            assertArrived(ledger, one);
            Balance others = ledger.settle(load, SETTLED).tell("the others in the flood");
            others.isKept();
            return new Flooded(others, most);
        }
    }

    private Footprint mostUntilOver(Flood flood) {
        ProcessHandle java = site.bellwire().java();
        List<Footprint> seen = new ArrayList<>();
        Waits.atMost(SETTLED.multipliedBy(3), "the flood is over")
                .pollInterval(Duration.ofMillis(250))
                .until(() -> {
                    seen.add(Footprint.of(java));
                    return flood.isOver();
                });
        flood.ends();
        return seen.stream().reduce(Footprint.of(java), Footprint::max);
    }

    private static void assertArrived(Ledger ledger, Flood flood) {
        Set<Integer> promised = flood.promised();
        Set<Integer> arrived = new HashSet<>();
        Waits.atMost(SETTLED, promised.size() + " events of the flood").until(() -> {
            ledger.arrivals(flood.run()).forEach(arrival -> arrived.add(arrival.number()));
            return arrived.containsAll(promised);
        });
    }

    private static List<InetAddress> addresses(int count) {
        return IntStream.range(0, count).mapToObj(i -> Loopback.anyAddress()).toList();
    }

    /** What it takes once no connection of the flood is left. */
    private Footprint settled(int idle) {
        ProcessHandle java = site.bellwire().java();
        Waits.atMost(SETTLED, "all connections are closed")
                .pollInterval(Duration.ofMillis(250))
                .until(() -> Footprint.of(java).descriptors() < idle + 10);
        return Footprint.of(java);
    }
}
