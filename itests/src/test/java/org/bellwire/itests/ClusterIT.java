package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Three gateways on one Kafka, under 100 events a second and ten dials a second. A build has one node of Kafka and one fault; in full:
 * {@code -Dbellwire.rounds=5 -Dbellwire.kafka.nodes=3 -Dbellwire.seconds=600 -Dbellwire.gap.s=10 -Dbellwire.sleep.s=10}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("alone")
final class ClusterIT {

    private static final int ROUNDS = Integer.getInteger("bellwire.rounds", 1);
    private static final int NODES = Integer.getInteger("bellwire.kafka.nodes", 1);
    private static final int SECONDS = Integer.getInteger("bellwire.seconds", 5);
    private static final Duration GAP = Duration.ofSeconds(Integer.getInteger("bellwire.gap.s", 40));
    private static final Duration SETTLED = Duration.ofSeconds(90);
    private static final int GATEWAYS = 3;
    private static final int PHONES = 60;
    private static final int PER_SECOND = 100;

    private final Path folder = Scratch.folder("cluster");
    private final Mosquitto broker = Mosquitto.running(folder);
    private final KafkaNodes kafka = KafkaNodes.running(folder, NODES);
    private final RecordingPhone phone = RecordingPhone.http();
    private final List<Distribution> gateways = new ArrayList<>();

    @BeforeAll
    void starts() {
        for (int i = 0; i < GATEWAYS; i++) {
            Distribution gateway = Distribution.unpack(folder.resolve("gateway" + i), broker);
            Load.files(PHONES).forEach(gateway::write);
            gateway.write(PhoneFile.of("p-dialled", "htek").at(phone));
            gateway.set("org.bellwire.line", "rate.dial", "6000/min");
            gateway.set("org.bellwire.mqtt", "client.id", "gateway-" + i);
            gateway.set("org.bellwire.mqtt", "keep.alive.s", "5");
            gateway.set("org.bellwire.cluster", "servers", kafka.servers());
            boots(gateway);
            gateways.add(gateway);
        }
        gateways.forEach(Distribution::begin);
        gateways.forEach(Distribution::awaitAnswer);
        try (Dials dials = new Dials(broker, "p-dialled", phone)) {
            dials.awaitFresh();
        }
    }

    private static void boots(Distribution gateway) {
        try {
            String features = Files.readString(gateway.etc("org.apache.karaf.features.cfg"));
            gateway.write(
                    "org.apache.karaf.features.cfg",
                    features.replaceFirst("featuresBoot = ", "featuresBoot = bellwire-cluster, "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void ends() {
        gateways.forEach(Distribution::close);
        kafka.close();
        phone.close();
        broker.close();
    }

    private Load load() {
        return Load.start(gateways.stream().map(Distribution::caller).toList(), PHONES, PER_SECOND);
    }

    @Test
    @Order(0)
    void gateways_name_each_other_and_each_tells_its_health() {
        try (Listener listener = Listener.at(broker)) {
            String all = "\"gateways\":[\"gateway-0\",\"gateway-1\",\"gateway-2\"]";
            Waits.atMost(SETTLED, "the names of all gateways")
                    .until(() -> listener.newest("bellwire/bridge/info")
                            .filter(info -> info.contains(all))
                            .isPresent());
            for (int i = 0; i < GATEWAYS; i++) {
                String health = "bellwire/bridge/gateway/gateway-" + i + "/health";
                Waits.atMost(SETTLED, health)
                        .until(() -> listener.newest(health).isPresent());
            }
        }
    }

    @Test
    @Order(0)
    void each_gateway_says_which_other_one_serves_a_phone() {
        Waits.atMost(SETTLED, "both others are named")
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(
                                gateways.get(0).bellwire("phone:list", "--json").output())
                        .contains("\"gateway\":\"gateway-1\"", "\"gateway\":\"gateway-2\"")
                        .doesNotContain("\"gateway\":\"gateway-0\"", "\"gateway\":\"none\""));
    }

    @Test
    @Order(1)
    void events_of_any_gateway_come_once_and_in_order() {
        try (Ledger ledger = Ledger.at(broker)) {
            Load load = load();
            try (load) {
                load.promises(PER_SECOND * SECONDS, SETTLED.plusSeconds(SECONDS));
            }
            Balance balance = ledger.settle(load, SETTLED).tell("cluster, quiet");
            tellAges(balance);
            balance.isKept();
            assertThat(balance.again()).as("came twice").isZero();
        }
    }

    @Test
    @Order(2)
    void gateway_that_is_killed_is_replaced_without_a_lost_event_or_a_second_dial() {
        List<Long> gaps = new ArrayList<>();
        try (Ledger ledger = Ledger.at(broker);
                Dials dials = new Dials(broker, "p-dialled", phone)) {
            Load load = load();
            try (load) {
                for (int round = 0; round < ROUNDS; round++) {
                    int victim = round % GATEWAYS;
                    load.promises(PER_SECOND, SETTLED);
                    dials.awaitFresh();
                    Instant killed = Instant.now();
                    gateways.get(victim).kill();
                    dials.dialFor(Duration.ofSeconds(2));
                    awaitAll(ledger, load, killed, victim);
                    gaps.add(Duration.between(killed, Instant.now()).toMillis());
                    dials.awaitFresh();
                    gateways.get(victim).begin();
                    gateways.get(victim).awaitAnswer();
                    load.promises(PER_SECOND, SETTLED);
                }
            }
            Balance balance = ledger.settle(load, SETTLED).tell("cluster, gateway killed %d times".formatted(ROUNDS));
            System.out.printf(
                    "figure: cluster: all phones heard again %s ms after the kill; %d dials sent, %d carried out, %d twice%n",
                    gaps, dials.sent(), dials.dialled().size(), dials.twice());
            balance.isKept();
            assertThat(dials.twice()).as("carried out twice").isZero();
            assertThat(dials.dialled()).as("in the order of sending").isSorted();
            assertThat(gaps).allMatch(gap -> gap <= GAP.toMillis());
        }
    }

    @Test
    @Order(3)
    @EnabledIfSystemProperty(named = "bellwire.kafka.nodes", matches = "3")
    void node_of_kafka_that_is_killed_costs_no_event() {
        try (Ledger ledger = Ledger.at(broker)) {
            Load load = load();
            try (load) {
                for (int round = 0; round < ROUNDS; round++) {
                    int victim = round % kafka.count();
                    load.promises(PER_SECOND, SETTLED);
                    Instant killed = Instant.now();
                    kafka.kill(victim);
                    awaitAll(ledger, load, killed, -1);
                    System.out.printf(
                            "figure: cluster: all phones heard again %d ms after node %d of Kafka was killed%n",
                            Duration.between(killed, Instant.now()).toMillis(), victim + 1);
                    kafka.startAgain(victim);
                    load.promises(PER_SECOND, SETTLED);
                }
            }
            Balance balance =
                    ledger.settle(load, SETTLED).tell("cluster, node of Kafka killed %d times".formatted(ROUNDS));
            balance.isKept();
            assertThat(balance.statuses().keySet()).as("answers").containsOnly(200);
        }
    }

    /** It sleeps for longer than the others have patience, and wakes with what it had just read and heard. */
    @Test
    @Order(4)
    @EnabledIfSystemProperty(named = "bellwire.sleep.s", matches = "\\d+")
    void gateway_that_slept_repeats_no_command_and_disturbs_no_order() {
        Duration sleep = Duration.ofSeconds(Integer.getInteger("bellwire.sleep.s", 10));
        try (Ledger ledger = Ledger.at(broker);
                Dials dials = new Dials(broker, "p-dialled", phone)) {
            Load load = load();
            try (load) {
                for (int round = 0; round < ROUNDS; round++) {
                    Distribution sleeper = gateways.get(round % GATEWAYS);
                    load.promises(PER_SECOND, SETTLED);
                    dials.awaitFresh();
                    signal(sleeper, "-STOP");
                    dials.dialFor(sleep);
                    signal(sleeper, "-CONT");
                    awaitAll(ledger, load, Instant.now(), -1);
                    dials.awaitFresh();
                }
            }
            Balance balance = ledger.settle(load, SETTLED)
                    .tell("cluster, gateway asleep %d times for %d s".formatted(ROUNDS, sleep.toSeconds()));
            System.out.printf(
                    "figure: cluster: %d dials sent, %d carried out, %d twice, slowest %d ms%n",
                    dials.sent(), dials.dialled().size(), dials.twice(), dials.slowestMillis());
            balance.isKept();
            assertThat(dials.twice()).as("carried out twice").isZero();
        }
    }

    private void signal(Distribution gateway, String signal) {
        Program.run(
                folder,
                Map.of(),
                Duration.ofSeconds(5),
                List.of("kill", signal, String.valueOf(gateway.java().pid())));
    }

    /** Waits until each phone that reports to a gateway that lives was heard with something that it reported after that moment. */
    private static void awaitAll(Ledger ledger, Load load, Instant since, int victim) {
        List<String> expected = IntStream.range(0, PHONES)
                .filter(i -> i % GATEWAYS != victim)
                .mapToObj(i -> "load-" + i)
                .toList();
        Waits.atMost(SETTLED, "all phones are heard again")
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    Map<String, Instant> last = new HashMap<>();
                    ledger.arrivals(load).forEach(arrival -> last.put(arrival.phone(), arrival.happened()));
                    return expected.stream()
                            .allMatch(phone ->
                                    last.getOrDefault(phone, Instant.EPOCH).isAfter(since));
                });
    }

    private static void tellAges(Balance balance) {
        List<Long> ages = balance.arrivals().stream()
                .map(arrival -> arrival.age().toMillis())
                .sorted()
                .toList();
        System.out.printf(
                "figure: cluster: from the report to its arrival p50 %d ms, p99 %d ms%n",
                ages.get(ages.size() / 2), ages.get(ages.size() * 99 / 100));
    }
}
