package org.bellwire.itests;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Apache Kafka: one node or three, each a process of its own, small and quick to notice that another is gone. Each has a second
 * way in, at the end of a cable: a client that begins there is told of the cables' ports only.
 */
final class KafkaNodes implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CLUSTER_ID = "MkU3OEVBNTcwNTJENDM2Qg";
    private static final List<String> JVM =
            List.of("-Xms64m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final String SETTINGS = """
            process.roles=broker,controller
            node.id=%d
            controller.quorum.voters=%s
            controller.listener.names=CONTROLLER
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,FAR:PLAINTEXT,CONTROLLER:PLAINTEXT
            listeners=PLAINTEXT://127.0.0.1:%d,FAR://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
            advertised.listeners=PLAINTEXT://127.0.0.1:%d,FAR://127.0.0.1:%d
            inter.broker.listener.name=PLAINTEXT
            log.dirs=%s
            offsets.topic.replication.factor=%d
            transaction.state.log.replication.factor=%d
            transaction.state.log.min.isr=%d
            auto.create.topics.enable=false
            group.initial.rebalance.delay.ms=0
            offsets.topic.num.partitions=3
            transaction.state.log.num.partitions=3
            log.cleaner.dedupe.buffer.size=4194304
            log.index.size.max.bytes=1048576
            num.network.threads=1
            num.io.threads=2
            background.threads=2
            group.coordinator.threads=1
            group.coordinator.background.threads=1
            broker.session.timeout.ms=3000
            broker.heartbeat.interval.ms=500
            controller.quorum.fetch.timeout.ms=1000
            controller.quorum.election.timeout.ms=500
            controller.quorum.election.backoff.max.ms=500
            controller.quorum.request.timeout.ms=1000
            transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
            """;

    /** Who comes by the cables speaks TLS and logs in. */
    private static final String GUARD = """
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,FAR:SASL_SSL,CONTROLLER:PLAINTEXT
            listener.name.far.sasl.enabled.mechanisms=SCRAM-SHA-512
            listener.name.far.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
            listener.name.far.ssl.keystore.type=PEM
            listener.name.far.ssl.keystore.location=%s
            """;

    private final Path folder;
    /** What {@link #GUARD} adds to the settings of a node, and how its storage is made then; empty: nothing. */
    private final String guard;

    private final List<String> users;
    private final List<Node> nodes = new ArrayList<>();
    private final Cables far = new Cables();

    /** Where one node listens. */
    private record Ports(int near, int far, int controller) {

        static Ports free() {
            return new Ports(Loopback.freePort(), Loopback.freePort(), Loopback.freePort());
        }
    }

    private static final class Node {
        private final Path settings;
        private final int port;
        private Optional<Program> program = Optional.empty();

        Node(Path settings, int port) {
            this.settings = settings;
            this.port = port;
        }
    }

    private KafkaNodes(Path folder, String guard, List<String> users) {
        this.folder = folder;
        this.guard = guard;
        this.users = users;
    }

    static KafkaNodes running(Path folder, int count) {
        return new KafkaNodes(folder.resolve("kafka"), "", List.of()).begun(count);
    }

    /**
     * One node, which asks those who come by the cable for TLS and a login.
     *
     * @param identity its certificate and key in one PEM file
     */
    static KafkaNodes guarded(Path folder, Path identity, String user, String password) {
        List<String> users = List.of("--add-scram", "SCRAM-SHA-512=[name=" + user + ",password=" + password + "]");
        return new KafkaNodes(folder.resolve("kafka"), GUARD.formatted(identity), users).begun(1);
    }

    private KafkaNodes begun(int count) {
        try {
            prepare(count);
            nodes.forEach(this::start);
            awaitReady();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    private void prepare(int count) throws IOException {
        Files.createDirectories(folder);
        List<Ports> ports = Stream.generate(Ports::free).limit(count).toList();
        String voters = IntStream.range(0, count)
                .mapToObj(i -> (i + 1) + "@127.0.0.1:" + ports.get(i).controller())
                .collect(Collectors.joining(","));
        for (int i = 0; i < count; i++) {
            Path settings = folder.resolve("node" + (i + 1) + ".properties");
            Files.writeString(settings, settings(i + 1, count, voters, ports.get(i)));
            nodes.add(new Node(settings, ports.get(i).near()));
            format(settings);
        }
    }

    private String settings(int number, int count, String voters, Ports ports) {
        return plain(number, count, voters, ports) + guard;
    }

    private String plain(int number, int count, String voters, Ports ports) {
        return SETTINGS.formatted(
                number,
                voters,
                ports.near(),
                ports.far(),
                ports.controller(),
                ports.near(),
                far.to(ports.far()).port(),
                folder.resolve("data" + number),
                count,
                count,
                count > 1 ? 2 : 1);
    }

    private void format(Path settings) {
        List<String> format = new ArrayList<>(java("error"));
        format.addAll(List.of("kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", settings.toString()));
        format.addAll(users);
        Program.Ended done = Program.run(folder, Map.of(), PATIENCE, format);
        if (done.exit() != 0) {
            throw new IllegalStateException(done.output());
        }
    }

    private static List<String> java(String level) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=" + level);
        command.addAll(List.of("-cp", System.getProperty("bellwire.kafka", "../kafka-node/target/lib") + "/*"));
        return command;
    }

    private void start(Node node) {
        List<String> command = new ArrayList<>(java("warn"));
        command.addAll(List.of("kafka.Kafka", node.settings.toString()));
        Path output = folder.resolve(node.settings.getFileName() + ".txt");
        node.program = Optional.of(Program.start(folder, output, Map.of(), command));
    }

    /** The nodes' JVMs. */
    List<ProcessHandle> processes() {
        return nodes.stream()
                .flatMap(node -> node.program.stream())
                .flatMap(program -> program.family().stream())
                .toList();
    }

    private void awaitReady() {
        Waits.atMost(PATIENCE, "all nodes of Kafka know one another")
                .until(() -> nodes.stream().allMatch(node -> knows(node.port) == nodes.size()));
    }

    /** How many nodes this one knows: what it answers to a request that describes the cluster. */
    private static int knows(int port) {
        try (Socket socket = new Socket(Loopback.LOCALHOST, port);
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                DataInputStream in = new DataInputStream(socket.getInputStream())) {
            socket.setSoTimeout(2_000);
            out.writeInt(13);
            out.writeShort(60);
            out.writeShort(0);
            out.writeInt(1);
            out.writeShort(-1);
            out.write(new byte[] {0, 0, 0});
            out.flush();
            in.readInt();
            in.readInt();
            in.readByte();
            in.readInt();
            int error = in.readShort();
            in.skipBytes(Math.max(0, in.readUnsignedByte() - 1));
            in.skipBytes(Math.max(0, in.readUnsignedByte() - 1));
            in.readInt();
            return error == 0 ? in.readUnsignedByte() - 1 : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** As Bellwire's file names them. */
    String servers() {
        return nodes.stream().map(node -> "127.0.0.1:" + node.port).collect(Collectors.joining(","));
    }

    /** The same for who comes by the cables. */
    String farServers() {
        return far.servers();
    }

    /** The cables to all nodes, for who comes by them. */
    Cables far() {
        return far;
    }

    int count() {
        return nodes.size();
    }

    void kill(int number) {
        Program program = nodes.get(number).program.orElseThrow();
        program.kill();
        program.ends(Duration.ofSeconds(5));
    }

    void startAgain(int... numbers) {
        for (int number : numbers) {
            start(nodes.get(number));
        }
        awaitReady();
    }

    /** Not asked to stop: the last ones would wait for a quorum that there is no more. */
    @Override
    public void close() {
        for (Node node : nodes) {
            node.program.ifPresent(program -> {
                program.kill();
                program.close();
            });
        }
        far.close();
    }
}
