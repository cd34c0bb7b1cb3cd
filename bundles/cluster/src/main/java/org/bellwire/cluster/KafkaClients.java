package org.bellwire.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the clients of Kafka. Each thread that does must run as {@link #withOwnLoader} says: Kafka looks up classes with the
 * thread's loader, and where that does not see Kafka, its classes stay broken until the bundle is refreshed.
 */
final class KafkaClients {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaClients.class);
    private static final int MAX_PEM = 1 << 20;
    private static final int REQUEST_MS = 3_000;
    /** How long a report is tried before it is sent anew from the disk. */
    static final int DELIVERY_MS = 30_000;

    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final ClusterSettings settings;
    private final String instance;
    private final Factory factory;

    /** Makes Kafka's own objects of their settings: the one place where a test puts others. */
    interface Factory {
        Producer<String, byte[]> producer(Map<String, Object> config);

        Consumer<String, byte[]> consumer(Map<String, Object> config);

        Admin admin(Map<String, Object> config);
    }

    /** What is asked of Kafka as a whole; waits for the answer. */
    interface Question<T> {
        T of(Admin admin) throws InterruptedException, ExecutionException, TimeoutException;
    }

    private static final class NetworkFactory implements Factory {
        @Override
        public Producer<String, byte[]> producer(Map<String, Object> config) {
            return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public Consumer<String, byte[]> consumer(Map<String, Object> config) {
            return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public Admin admin(Map<String, Object> config) {
            return Admin.create(config);
        }
    }

    /** @param instance names what runs in this gateway now, and nothing else ever */
    KafkaClients(ClusterSettings settings, String instance) {
        this(settings, instance, new NetworkFactory());
    }

    KafkaClients(ClusterSettings settings, String instance, Factory factory) {
        this.settings = settings;
        this.instance = instance;
        this.factory = factory;
    }

    static Runnable withOwnLoader(Runnable task) {
        return () -> {
            Thread.currentThread().setContextClassLoader(KafkaClients.class.getClassLoader());
            task.run();
        };
    }

    /** A client that cannot be closed in order is left to itself: who closes it goes on. */
    static void closeBy(Runnable closing) {
        try {
            closing.run();
        } catch (RuntimeException e) {
            LOG.debug("closing failed", e);
        }
    }

    /** The name under which this gateway keeps what it knows. */
    String transactionalId() {
        return settings.group() + "-" + instance;
    }

    /** The group's members. Waits for Kafka. */
    List<GroupGateways.Member> members() throws InterruptedException, ExecutionException, TimeoutException {
        return ask(admin -> admin.describeConsumerGroups(List.of(settings.group()))
                        .all()
                        .get(REQUEST_MS, TimeUnit.MILLISECONDS))
                .values()
                .stream()
                .flatMap(group -> group.members().stream())
                .map(KafkaClients::member)
                .toList();
    }

    private static GroupGateways.Member member(MemberDescription member) {
        return new GroupGateways.Member(
                member.clientId(),
                member.assignment().topicPartitions().stream()
                        .map(TopicPartition::partition)
                        .collect(Collectors.toSet()));
    }

    /** By a client for this question alone. Its end does not wait for an answer that was not waited for: that may take a minute. */
    <T> T ask(Question<T> question) throws InterruptedException, ExecutionException, TimeoutException {
        Admin admin = factory.admin(common());
        try {
            return question.of(admin);
        } finally {
            admin.close(CLOSE);
        }
    }

    /** For reports: in order, each once for as long as the client lives. */
    Producer<String, byte[]> reports() {
        Map<String, Object> config = common();
        config.put("acks", "all");
        config.put("linger.ms", 0);
        config.put("buffer.memory", 8L << 20);
        config.put("max.block.ms", 100);
        config.put("delivery.timeout.ms", DELIVERY_MS);
        return factory.producer(config);
    }

    /** For commands of one sender: in order, each once or, where Kafka does not answer, perhaps. */
    Producer<String, byte[]> commands() {
        Map<String, Object> config = common();
        config.put("acks", "all");
        config.put("linger.ms", 0);
        config.put("buffer.memory", 1L << 20);
        config.put("max.block.ms", REQUEST_MS);
        config.put("delivery.timeout.ms", 2 * REQUEST_MS);
        return factory.producer(config);
    }

    /** For transactions. Another client with this id ends what this one may do. */
    Producer<String, byte[]> transactions(String id) {
        Map<String, Object> config = common();
        config.put("acks", "all");
        config.put("linger.ms", 0);
        config.put("buffer.memory", 16L << 20);
        config.put("max.block.ms", 5_000);
        config.put("delivery.timeout.ms", 2 * REQUEST_MS);
        config.put("transaction.timeout.ms", 3_000);
        config.put("retry.backoff.ms", 10);
        config.put("transactional.id", id);
        return factory.producer(config);
    }

    /**
     * A member of the group.
     *
     * @param name what the others are to call it
     */
    Consumer<String, byte[]> member(String name) {
        Map<String, Object> config = consumer("read_committed");
        config.put("client.id", name);
        config.put("group.id", settings.group());
        config.put("partition.assignment.strategy", RangeAssignor.class.getName());
        config.put("session.timeout.ms", 6_000);
        config.put("heartbeat.interval.ms", 500);
        config.put("auto.offset.reset", "earliest");
        config.put("max.poll.records", 200);
        return factory.consumer(config);
    }

    /** Looks at the offsets of the group and reads, without being a member. */
    Consumer<String, byte[]> reader(String isolation) {
        Map<String, Object> config = consumer(isolation);
        config.put("group.id", settings.group());
        config.put("auto.offset.reset", "earliest");
        config.put("max.poll.records", 2_000);
        return factory.consumer(config);
    }

    private Map<String, Object> consumer(String isolation) {
        Map<String, Object> config = common();
        config.put("isolation.level", isolation);
        config.put("enable.auto.commit", false);
        config.put("allow.auto.create.topics", false);
        config.put("fetch.max.bytes", 8 << 20);
        config.put("max.partition.fetch.bytes", 1 << 20);
        config.put("default.api.timeout.ms", 10_000);
        return config;
    }

    private Map<String, Object> common() {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", String.join(",", settings.servers()));
        config.put("request.timeout.ms", REQUEST_MS);
        config.put("reconnect.backoff.max.ms", 1_000);
        config.put("enable.metrics.push", false);
        config.put("metric.reporters", "");
        boolean login = settings.user().isPresent();
        config.put(
                "security.protocol",
                settings.tls() ? (login ? "SASL_SSL" : "SSL") : (login ? "SASL_PLAINTEXT" : "PLAINTEXT"));
        settings.trust().ifPresent(file -> {
            config.put("ssl.truststore.type", "PEM");
            config.put("ssl.truststore.certificates", read(file));
        });
        settings.identity().ifPresent(own -> {
            config.put("ssl.keystore.type", "PEM");
            config.put("ssl.keystore.certificate.chain", read(own.certificate()));
            config.put("ssl.keystore.key", read(own.key()));
        });
        if (login) {
            config.put("sasl.mechanism", "SCRAM-SHA-512");
            config.put("sasl.jaas.config", jaas());
        }
        return config;
    }

    private String jaas() {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username="
                + quoted(settings.user().orElseThrow())
                + " password="
                + quoted(settings.password().orElseThrow().reveal())
                + ";";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_PEM), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
