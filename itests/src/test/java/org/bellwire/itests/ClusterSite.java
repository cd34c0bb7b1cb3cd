package org.bellwire.itests;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three gateways on one Kafka, one broker that remembers, sixty phones that report to them in turn, and one that is dialled. The sixty
 * phones are in all 24 partitions, and the one is among the partitions that the last gateway gets.
 */
final class ClusterSite implements AutoCloseable {

    static final int GATEWAYS = 3;
    static final int PER_SECOND = 100;
    static final Duration SETTLED = Duration.ofSeconds(90);

    /** The gateway that can be cut off. */
    static final int FAR = GATEWAYS - 1;

    /** All gateways live. */
    static final int NOBODY = -1;

    static final int PHONES = 60;
    static final String DIALLED = "p-dialled";
    static final String DIALLED_MAC = "001fc1000901";

    private final Path folder = Scratch.folder("cluster");
    private final Mosquitto broker = Mosquitto.absentButRemembering(folder);
    private final Cable farBroker = Cable.to(broker);
    private final RecordingPhone phone = RecordingPhone.http();
    private final List<Distribution> gateways = new ArrayList<>();
    private final int phones;
    private final KafkaNodes kafka;

    private ClusterSite(int nodes, int phones) {
        this.phones = phones;
        broker.start();
        kafka = KafkaNodes.running(folder, nodes);
        for (int i = 0; i < GATEWAYS; i++) {
            gateways.add(unpack(i));
        }
    }

    /** Running, with so many nodes of Kafka. */
    static ClusterSite with(int nodes) {
        return with(nodes, unstarted -> {});
    }

    /** The same with other settings. */
    static ClusterSite with(int nodes, Consumer<ClusterSite> prepare) {
        ClusterSite site = new ClusterSite(nodes, PHONES);
        return site.begun(() -> {
            prepare.accept(site);
            site.beginAtOnce();
        });
    }

    /** The same, where one gateway reaches Kafka and the broker by cables only. */
    static ClusterSite withFarGateway(int nodes) {
        return with(nodes, site -> {
            site.gateway(FAR).set("org.bellwire.mqtt", "url", site.farBroker.url());
            site.gateway(FAR).set("org.bellwire.cluster", "servers", site.kafka.farServers());
        });
    }

    /** The same with so many phones; all gateways know all of them. */
    static ClusterSite withPhones(int nodes, int phones) {
        ClusterSite site = new ClusterSite(nodes, phones);
        return site.begun(site::beginInTurn);
    }

    private ClusterSite begun(Runnable begin) {
        try {
            begin.run();
            try (Dials dials = dials()) {
                dials.awaitFresh();
            }
            return this;
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    private void beginAtOnce() {
        gateways.forEach(Distribution::begin);
        gateways.forEach(Distribution::awaitAnswer);
    }

    /** Each has the processors for itself while it reads its phones' files. */
    private void beginInTurn() {
        for (Distribution gateway : gateways) {
            gateway.begin();
            gateway.awaitAnswer();
            Waits.atMost(SETTLED, "all phones are known")
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> known(gateway) > phones);
        }
    }

    /** How many phones it has whose files are right. */
    private static long known(Distribution gateway) {
        Program.Ended list = gateway.bellwire("phone:list", "--json");
        return list.exit() != 0
                ? 0 // its shell is not there yet
                : JsonParser.parseString(list.output()).getAsJsonArray().asList().stream()
                        .filter(one -> one.getAsJsonObject().get("fault").isJsonNull())
                        .count();
    }

    private Distribution unpack(int number) {
        Path home = folder.resolve("gateway" + number);
        String older = System.getProperty("bellwire.older", "");
        Distribution gateway = number == 0 && !older.isEmpty()
                ? Distribution.unpack(home, Path.of(older), broker)
                : Distribution.unpack(home, broker);
        Load.files(phones).forEach(gateway::write);
        gateway.write(PhoneFile.of(DIALLED, "htek").with("mac", DIALLED_MAC).at(phone));
        gateway.set("org.bellwire.line", "rate.dial", "6000/min");
        gateway.set("org.bellwire.mqtt", "client.id", "gateway-" + number);
        gateway.set("org.bellwire.mqtt", "keep.alive.s", "5");
        gateway.set("org.bellwire.cluster", "servers", kafka.servers());
        boots(gateway);
        return gateway;
    }

    /** With the feature that makes it one of several. */
    static void boots(Distribution gateway) {
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

    /** The network between the far gateway and the broker; that between it and Kafka is Kafka's. */
    Cable farBroker() {
        return farBroker;
    }

    KafkaNodes kafka() {
        return kafka;
    }

    Distribution gateway(int number) {
        return gateways.get(number);
    }

    /** Writes a file of this name on all gateways. */
    void write(String name, String text) {
        gateways.forEach(gateway -> gateway.write(name, text));
    }

    /** Removes it from all. */
    void delete(String name) {
        gateways.forEach(gateway -> gateway.delete(name));
    }

    /** The gateways' JVMs. */
    List<ProcessHandle> processes() {
        return gateways.stream().map(Distribution::java).toList();
    }

    /** What these have used of the processors since they began. */
    static Duration processorTime(List<ProcessHandle> processes) {
        return processes.stream()
                .map(process -> process.info().totalCpuDuration().orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The one that is dialled. */
    RecordingPhone phone() {
        return phone;
    }

    Dials dials() {
        return new Dials(broker, DIALLED, phone);
    }

    Load load() {
        return load(PHONES, PER_SECOND);
    }

    /** Not only the sixty phones but all report, at this rate. */
    Load storm(int perSecond) {
        return load(phones, perSecond);
    }

    /** The same phones, which all report in this way. */
    Load load(ActionUrlClient caller) {
        return Load.start(caller, PHONES, PER_SECOND);
    }

    private Load load(int reporting, int perSecond) {
        return Load.start(gateways.stream().map(Distribution::caller).toList(), reporting, perSecond);
    }

    /** Waits until the gateways say that all of them share the phones. */
    void awaitMembers() {
        String names = IntStream.range(0, GATEWAYS)
                .mapToObj(i -> "\"gateway-" + i + "\"")
                .collect(Collectors.joining(",", "\"gateways\":[", "]"));
        try (Listener listener = Listener.at(broker, "bellwire/bridge/info")) {
            Waits.atMost(SETTLED, "the names of all gateways")
                    .until(() -> listener.newest("bellwire/bridge/info")
                            .filter(info -> info.contains(names))
                            .isPresent());
        }
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
     * @param victim the gateway that does not live, or {@link #NOBODY}
     * @return how long after that moment that was
     */
    Duration awaitAll(Ledger ledger, Load load, Instant since, int victim) {
        return awaitAll(ledger, load, since, victim, SETTLED);
    }

    private Duration awaitAll(Ledger ledger, Load load, Instant since, int victim, Duration atMost) {
        List<String> expected = reportingWithout(victim);
        Waits.atMost(atMost, "all phones are heard again")
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    Map<String, Instant> last = new HashMap<>();
                    ledger.arrivals(load).forEach(arrival -> last.put(arrival.phone(), arrival.happened()));
                    return expected.stream()
                            .allMatch(id -> last.getOrDefault(id, Instant.EPOCH).isAfter(since));
                });
        return Duration.between(since, Instant.now());
    }

    private static List<String> reportingWithout(int victim) {
        return IntStream.range(0, PHONES)
                .filter(i -> i % GATEWAYS != victim)
                .mapToObj(i -> "load-" + i)
                .toList();
    }

    /** The same, however long ago they were heard: how long after that moment the last of them was heard for the first time. */
    Duration gap(Ledger ledger, Load load, Instant since, int victim, Duration atMost) {
        awaitAll(ledger, load, since, victim, atMost);
        Map<String, Instant> first = new HashMap<>();
        ledger.arrivals(load).stream()
                .filter(arrival -> arrival.happened().isAfter(since))
                .forEach(arrival -> first.putIfAbsent(arrival.phone(), arrival.came()));
        return reportingWithout(victim).stream()
                .map(id -> Duration.between(since, first.get(id)))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Override
    public void close() {
        gateways.forEach(Distribution::close);
        kafka.close();
        phone.close();
        farBroker.close();
        broker.close();
    }
}
