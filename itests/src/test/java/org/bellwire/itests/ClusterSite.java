package org.bellwire.itests;

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

/** Three gateways on one Kafka, one broker, sixty phones that report to them in turn, and one that is dialled. */
final class ClusterSite implements AutoCloseable {

    static final int GATEWAYS = 3;
    static final int PER_SECOND = 100;
    static final Duration SETTLED = Duration.ofSeconds(90);

    private static final int PHONES = 60;
    private static final String DIALLED = "p-dialled";

    private final Path folder = Scratch.folder("cluster");
    private final Mosquitto broker = Mosquitto.running(folder);
    private final RecordingPhone phone = RecordingPhone.http();
    private final List<Distribution> gateways = new ArrayList<>();
    private final KafkaNodes kafka;

    private ClusterSite(int nodes) {
        kafka = KafkaNodes.running(folder, nodes);
    }

    /** Running, with so many nodes of Kafka. */
    static ClusterSite with(int nodes) {
        ClusterSite site = new ClusterSite(nodes);
        for (int i = 0; i < GATEWAYS; i++) {
            site.unpack(i);
        }
        site.gateways.forEach(Distribution::begin);
        site.gateways.forEach(Distribution::awaitAnswer);
        try (Dials dials = site.dials()) {
            dials.awaitFresh();
        }
        return site;
    }

    private void unpack(int number) {
        Distribution gateway = Distribution.unpack(folder.resolve("gateway" + number), broker);
        Load.files(PHONES).forEach(gateway::write);
        gateway.write(PhoneFile.of(DIALLED, "htek").at(phone));
        gateway.set("org.bellwire.line", "rate.dial", "6000/min");
        gateway.set("org.bellwire.mqtt", "client.id", "gateway-" + number);
        gateway.set("org.bellwire.mqtt", "keep.alive.s", "5");
        gateway.set("org.bellwire.cluster", "servers", kafka.servers());
        boots(gateway);
        gateways.add(gateway);
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

    Mosquitto broker() {
        return broker;
    }

    KafkaNodes kafka() {
        return kafka;
    }

    Distribution gateway(int number) {
        return gateways.get(number);
    }

    Dials dials() {
        return new Dials(broker, DIALLED, phone);
    }

    Load load() {
        return Load.start(gateways.stream().map(Distribution::caller).toList(), PHONES, PER_SECOND);
    }

    void signal(int gateway, String signal) {
        Program.run(
                folder,
                Map.of(),
                Duration.ofSeconds(5),
                List.of("kill", signal, String.valueOf(gateway(gateway).java().pid())));
    }

    /** Starts this gateway again. */
    void startAgain(int gateway) {
        gateway(gateway).begin();
        gateway(gateway).awaitAnswer();
    }

    /**
     * Waits until each phone that reports to a gateway that lives was heard with something that it reported after that moment.
     *
     * @param victim the gateway that does not live, or -1
     * @return how long after that moment that was
     */
    Duration awaitAll(Ledger ledger, Load load, Instant since, int victim) {
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
                            .allMatch(id -> last.getOrDefault(id, Instant.EPOCH).isAfter(since));
                });
        return Duration.between(since, Instant.now());
    }

    @Override
    public void close() {
        gateways.forEach(Distribution::close);
        kafka.close();
        phone.close();
        broker.close();
    }
}
