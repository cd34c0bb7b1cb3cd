package org.bellwire.itests;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.SoftAssertions;

/**
 * Twenty phones that report once a second, beside one hostile neighbour after the other: all are served, nothing is lost, and
 * afterwards the process is as it was before.
 */
final class Neighbourhood {

    static final int PHONES = 20;

    private static final long P99_MS = Long.getLong("bellwire.p99.ms", 2_000);
    private static final Duration SETTLED = Duration.ofSeconds(30);
    private static final int GROWTH_MB = 64;
    /** As many as the ingress may have: they go when they had nothing to do for a minute. */
    private static final int MORE_THREADS = 16;

    private static final int MORE_DESCRIPTORS = 8;
    private static final int LINES = 20;

    private final Distribution bellwire;
    private final String broker;
    private final List<ActionUrlClient> ways;
    private Footprint usual = new Footprint(0, 0, 0);

    /**
     * @param broker where Bellwire's events are heard
     * @param ways how the phones report, in turn
     */
    Neighbourhood(Distribution bellwire, String broker, List<ActionUrlClient> ways) {
        this.bellwire = bellwire;
        this.broker = broker;
        this.ways = List.copyOf(ways);
    }

    /** What came of it. */
    private record Outcome(
            Neighbour.Misdeed misdeed, Balance balance, Footprint before, Footprint most, Footprint after, long lines) {

        void tell(Neighbour neighbour) {
            long lost = balance.told().size()
                    - balance.promised()
                    + balance.missing().size();
            System.out.printf(
                    "figure: neighbour %s: p50 %d ms, p99 %d ms, max %d ms, lost %d of %d, memory %d -> %d MB (at most %d),"
                            + " descriptors %d -> %d (at most %d), threads %d -> %d, log lines %d%n",
                    neighbour.name(),
                    balance.percentileMillis(50),
                    balance.percentileMillis(99),
                    balance.percentileMillis(100),
                    lost,
                    balance.told().size(),
                    before.megabytes(),
                    after.megabytes(),
                    most.megabytes(),
                    before.descriptors(),
                    after.descriptors(),
                    most.descriptors(),
                    before.threads(),
                    after.threads(),
                    lines);
        }
    }

    /** Lets the phones report beside this neighbour. */
    void serveBeside(Neighbour neighbour) {
        bringBack();
        ProcessHandle java = bellwire.java();
        Outcome outcome = beside(neighbour, java);
        outcome.tell(neighbour);
        SoftAssertions promised = new SoftAssertions();
        promised.assertThat(outcome.balance().statuses()).as("answers").containsOnlyKeys(200);
        promised.assertThat(outcome.balance().missing())
                .as("promised and missing")
                .isEmpty();
        promised.assertThat(outcome.balance().disordered()).as("out of order").isEmpty();
        promised.assertThat(outcome.balance().percentileMillis(99))
                .as("p99 in ms")
                .isLessThan(P99_MS);
        promised.assertThat(java.isAlive()).as("the same process still serves").isTrue();
        promised.assertThat(outcome.after().megabytes())
                .as("memory afterwards in MB")
                .isLessThan(outcome.before().megabytes() + GROWTH_MB);
        promised.assertThat(outcome.after().megabytes())
                .as("memory after all neighbours so far in MB")
                .isLessThan(usual.megabytes() + 2 * GROWTH_MB);
        promised.assertThat(outcome.after().threads())
                .as("threads afterwards")
                .isLessThanOrEqualTo(outcome.before().threads() + MORE_THREADS);
        promised.assertThat(outcome.after().descriptors())
                .as("descriptors afterwards")
                .isLessThanOrEqualTo(outcome.before().descriptors() + MORE_DESCRIPTORS);
        promised.assertThat(outcome.lines())
                .as("lines of the log")
                .isLessThanOrEqualTo(LINES + neighbour.lines() + neighbour.seconds() / 3);
        outcome.misdeed().judge(promised, outcome.balance());
        promised.assertAll();
    }

    private Outcome beside(Neighbour neighbour, ProcessHandle java) {
        try (Ledger ledger = Ledger.at(broker, 1)) {
            Footprint before = Footprint.of(java);
            long lines = lines();
            Load load;
            Neighbour.Misdeed misdeed = neighbour.begin().now();
            List<Footprint> seen = new ArrayList<>(List.of(before));
            try (misdeed) {
                load = Load.start(ways, PHONES, PHONES);
                try (load) {
                    watch(load, neighbour.seconds(), java, seen);
                }
            }
            Balance balance = ledger.settle(load, SETTLED);
            Footprint after = settled(java, before);
            Footprint most = seen.stream().reduce(after, Footprint::max);
            return new Outcome(misdeed, balance, before, most, after, lines() - lines);
        } catch (Exception e) {
            throw new IllegalStateException(neighbour.name(), e);
        }
    }

    private static void watch(Load load, int seconds, ProcessHandle java, List<Footprint> seen) {
        int enough = PHONES * seconds;
        long end = System.nanoTime() + Duration.ofSeconds(3L * seconds).toNanos();
        Waits.atMost(Duration.ofSeconds(4L * seconds + 10), "the phones have reported")
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    seen.add(now(java));
                    return load.told().size() >= enough || System.nanoTime() > end;
                });
    }

    /** What it takes once all is over; when that does not get as before, what it takes after a time. */
    private static Footprint settled(ProcessHandle java, Footprint before) {
        Predicate<Footprint> asBefore = now -> now.descriptors() <= before.descriptors() + MORE_DESCRIPTORS
                && now.threads() <= before.threads() + MORE_THREADS;
        long end = System.nanoTime() + SETTLED.toNanos();
        Waits.atMost(SETTLED.plusSeconds(10), "all is as before")
                .pollInterval(Duration.ofMillis(100))
                .until(() -> asBefore.test(now(java)) || System.nanoTime() > end);
        return now(java);
    }

    private static Footprint now(ProcessHandle java) {
        try {
            return Footprint.of(java);
        } catch (UncheckedIOException e) {
            return new Footprint(0, 0, 0); // it has ended
        }
    }

    /** Without the log of who ordered what. */
    private long lines() {
        return bellwire.log(name -> !name.startsWith("audit")).lines().count();
    }

    /** What one neighbour has broken, the next one shall not answer for. */
    private void bringBack() {
        if (!bellwire.program().isAlive() || hasGrown() || !serves()) {
            bellwire.kill();
            bellwire.start();
            Waits.atMost(SETTLED, "the phones are known").until(this::serves);
        }
        if (usual.descriptors() == 0) {
            warmUp();
            usual = Footprint.of(bellwire.java());
        }
    }

    /** What is loaded and compiled once is no neighbour's fault. */
    private void warmUp() {
        Load load = Load.start(ways, PHONES, PHONES * 5);
        try (load) {
            load.promises(PHONES * 10, SETTLED);
        }
    }

    private boolean hasGrown() {
        return usual.descriptors() > 0
                && Footprint.of(bellwire.java()).descriptors() > usual.descriptors() + 10 * MORE_DESCRIPTORS;
    }

    private boolean serves() {
        try {
            Ledger.at(broker, 1).close();
            return ways.stream().distinct().allMatch(way -> way.reports("htek", "/Onhook?mac=001fc2000000") == 200);
        } catch (UncheckedIOException | IllegalStateException e) {
            return false;
        }
    }
}
