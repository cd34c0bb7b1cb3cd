package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bellwire.itests.ClusterSite.GATEWAYS;
import static org.bellwire.itests.ClusterSite.NOBODY;
import static org.bellwire.itests.ClusterSite.PER_SECOND;
import static org.bellwire.itests.ClusterSite.SETTLED;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Three gateways and three nodes of Kafka, to which something else happens every two minutes, for as long as is asked:
 * {@code -Dbellwire.random.min=60}; what happens is told with its seed, {@code -Dbellwire.seed=} does the same again. Each fault
 * comes once before one comes again, and after one that did harm the others go on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("alone")
@EnabledIfSystemProperty(named = "bellwire.random.min", matches = "\\d+")
final class ClusterHourIT {

    private static final Duration ROUND = Duration.ofMinutes(2);
    private static final Duration LONG = SETTLED.plus(ROUND);
    private static final int[] SLEEPS_S = {7, 10, 20, 40};
    private static final int OUTAGE_S = 30;
    /** Of one gateway in one round: what it says of a change once, and of its own end and start. */
    private static final int MOST_LINES = 60;

    private final long seed = Long.getLong("bellwire.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private ClusterSite site;

    /** What can happen to a cluster. Each is over when it returns. */
    private enum Fault {
        GATEWAY_KILLED(Answers.OF_A_START),
        GATEWAY_STOPPED(Answers.OF_A_START),
        GATEWAY_ASLEEP(Answers.OF_A_SLEEP),
        GATEWAY_WITHOUT_KAFKA(Answers.PROMISES),
        GATEWAY_WITHOUT_BROKER(Answers.PROMISES),
        NODE_KILLED(Answers.PROMISES),
        NODE_AND_GATEWAY_KILLED(Answers.OF_A_START),
        TWO_NODES_AWAY(Answers.PROMISES),
        BROKER_RESTARTED(Answers.PROMISES);

        private final Answers answers;

        Fault(Answers answers) {
            this.answers = answers;
        }
    }

    /** What phones are told meanwhile. */
    private enum Answers {
        PROMISES,
        /** 503 where the time that a report has was over when the gateway woke. */
        OF_A_SLEEP,
        /** 503 until it can promise something. */
        OF_A_START;

        Set<Integer> allowed() {
            return switch (this) {
                case PROMISES -> Set.of(200);
                case OF_A_SLEEP -> Set.of(200, Load.UNANSWERED, 503);
                case OF_A_START -> Set.of(200, Load.UNANSWERED, Load.REFUSED, 503);
            };
        }
    }

    /** A moment at which the broker was not there, and what it had acknowledged came later. */
    private record Window(Instant from, Instant to) {}

    @BeforeAll
    void starts() {
        site = ClusterSite.withFarGateway(3);
    }

    @AfterAll
    void ends() {
        site.close();
    }

    @Test
    void whatever_happens_nothing_is_lost_and_nothing_is_done_twice() {
        Instant end = Instant.now().plus(Duration.ofMinutes(Long.getLong("bellwire.random.min")));
        System.out.printf("figure: cluster, random faults: -Dbellwire.seed=%d%n", seed);
        List<Long> memory = new ArrayList<>();
        List<Long> threads = new ArrayList<>();
        List<String> harm = new ArrayList<>();
        Deque<Fault> faults = new ArrayDeque<>();
        while (Instant.now().isBefore(end)) {
            Instant next = Instant.now().plus(ROUND);
            if (faults.isEmpty()) {
                faults.addAll(shuffled());
            }
            Fault fault = faults.remove();
            long lines = lines();
            try {
                round(fault);
            } catch (AssertionError | ConditionTimeoutException e) {
                harm.add(fault + " at " + Instant.now() + ": " + e.getMessage());
                System.out.println("harm of " + harm.get(harm.size() - 1));
            }
            long told = lines() - lines;
            memory.add(sum("VmRSS") / 1024);
            threads.add(sum("Threads"));
            System.out.printf(
                    "figure: cluster, %s: gateways together %d MB, %d threads, %d lines of log%n",
                    fault, memory.get(memory.size() - 1), threads.get(threads.size() - 1), told);
            if (told > (long) GATEWAYS * MOST_LINES) {
                harm.add(fault + ": " + told + " lines of log");
            }
            Waits.atMost(ROUND.plusSeconds(5), "the next round")
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> Instant.now().isAfter(next));
        }
        assertThat(harm).as("what faults did").isEmpty();
        assertFlat("MB", memory);
        assertFlat("threads", threads);
    }

    private List<Fault> shuffled() {
        List<Fault> all = new ArrayList<>(List.of(Fault.values()));
        Collections.shuffle(all, random);
        return all;
    }

    private void round(Fault fault) {
        try (Ledger ledger = Ledger.at(site.broker())) {
            Load load = site.load();
            Window excused;
            int twice;
            try (load) {
                load.promises(PER_SECOND, LONG);
                try (Dials dials = site.dials()) {
                    dials.awaitFresh();
                    excused = happens(fault, dials, load);
                    twice = dials.twice();
                }
                site.awaitAll(ledger, load, Instant.now(), NOBODY);
            }
            try (Dials dials = site.dials()) {
                dials.awaitFresh();
            }
            Balance balance =
                    ledger.settle(load, LONG).tell("cluster, " + fault).excusing(excused.from(), excused.to());
            balance.isKept();
            assertThat(balance.statuses().keySet()).as("answers").isSubsetOf(fault.answers.allowed());
            assertThat(twice).as("dialled twice").isZero();
        }
    }

    private Window happens(Fault fault, Dials dials, Load load) {
        Window none = new Window(Instant.EPOCH, Instant.EPOCH);
        int gateway = random.nextInt(GATEWAYS);
        int node = random.nextInt(site.kafka().count());
        switch (fault) {
            case GATEWAY_KILLED ->
                restarted(gateway, dials, () -> site.gateway(gateway).kill());
            case GATEWAY_STOPPED ->
                restarted(gateway, dials, () -> {
                    site.signal(gateway, "-TERM");
                    site.gateway(gateway).program().ends(Duration.ofSeconds(30));
                });
            case GATEWAY_ASLEEP -> {
                site.signal(gateway, "-STOP");
                dials.dialFor(Duration.ofSeconds(SLEEPS_S[random.nextInt(SLEEPS_S.length)]));
                site.signal(gateway, "-CONT");
            }
            case GATEWAY_WITHOUT_KAFKA ->
                meanwhile(dials, site.kafka().far()::fallSilent, site.kafka().far()::mend);
            case GATEWAY_WITHOUT_BROKER -> meanwhile(dials, site.farBroker()::cut, site.farBroker()::mend);
            case NODE_KILLED ->
                meanwhile(
                        dials, () -> site.kafka().kill(node), () -> site.kafka().startAgain(node));
            case NODE_AND_GATEWAY_KILLED -> {
                site.kafka().kill(node);
                restarted(gateway, dials, () -> site.gateway(gateway).kill());
                site.kafka().startAgain(node);
            }
            case TWO_NODES_AWAY -> {
                int other = (node + 1) % site.kafka().count();
                site.kafka().kill(node);
                site.kafka().kill(other);
                dials.dialFor(Duration.ofSeconds(OUTAGE_S));
                site.kafka().startAgain(node, other);
            }
            case BROKER_RESTARTED -> {
                Instant stopped = Instant.now().minusSeconds(1);
                site.broker().stop();
                Instant gone = Instant.now();
                load.promises(PER_SECOND * OUTAGE_S, LONG);
                site.broker().start();
                return new Window(stopped, gone);
            }
        }
        return none;
    }

    private void restarted(int gateway, Dials dials, Runnable end) {
        end.run();
        dials.dialFor(Duration.ofSeconds(OUTAGE_S / 2));
        site.startAgain(gateway);
    }

    private static void meanwhile(Dials dials, Runnable begin, Runnable end) {
        try {
            begin.run();
            dials.dialFor(Duration.ofSeconds(OUTAGE_S));
        } finally {
            end.run();
        }
    }

    /** Of all gateways, as the kernel tells it: {@code VmRSS} in KiB. */
    private long sum(String name) {
        return site.processes().stream()
                .map(process -> Path.of("/proc", String.valueOf(process.pid()), "status"))
                .flatMap(file -> read(file).stream())
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without the audit log, which has one for each command. */
    private long lines() {
        return IntStream.range(0, GATEWAYS)
                .mapToLong(i -> site.gateway(i)
                        .log(name -> name.startsWith("bellwire"))
                        .lines()
                        .count())
                .sum();
    }

    /** The highest of the second half is no more than a fifth above that of the first. */
    private static void assertFlat(String unit, List<Long> figures) {
        int half = figures.size() / 2;
        if (half > 0) {
            long before =
                    figures.stream().limit(half).mapToLong(each -> each).max().orElseThrow();
            long after =
                    figures.stream().skip(half).mapToLong(each -> each).max().orElseThrow();
            assertThat(after)
                    .as("%s of the second half, of the first %d", unit, before)
                    .isLessThanOrEqualTo(before * 6 / 5);
        }
    }
}
