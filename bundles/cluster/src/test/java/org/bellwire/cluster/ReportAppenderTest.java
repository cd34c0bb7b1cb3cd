package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Variables;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.Report;
import org.bellwire.cluster.ClusterSettings.SpoolBounds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Kafka does not take goes to the gateway's disk, and all of it to Kafka later, in order. */
class ReportAppenderTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Report REPORT = report("01J");

    @TempDir
    Path dir;

    private final AtomicBoolean broken = new AtomicBoolean();
    private final FakeKafka kafka = new FakeKafka();
    private final OwnedPartitions partitions = new OwnedPartitions(System::nanoTime);

    private static Report report(String id) {
        return new Report(new PhoneId("lobby"), "acme", "Ring", new Variables.Builder().build(), Instant.EPOCH, id);
    }

    private ReportAppender appender() {
        ClusterSettings settings = ClusterSettings.of(Map.of("servers", "127.0.0.1:1"));
        SpoolBounds bounds = new SpoolBounds(dir, 10, 1 << 20, Duration.ofSeconds(30), Duration.ofDays(3));
        ReportDisk disk = new ReportDisk(
                new ReportStore(dir, () -> Instant.EPOCH), bounds, LimitLog.none(), Clock.systemUTC(), () -> {
                    if (broken.get()) {
                        throw new IllegalStateException("a fault that nobody thought of");
                    }
                    return System.nanoTime();
                });
        return new ReportAppender(
                new KafkaClients(settings, "test", kafka), settings, "gateway-2", partitions, disk, System::nanoTime);
    }

    /** The ids of the reports that the client with this number, from 0, has been given, once there are two. */
    private List<String> twoOf(int client) {
        await().atMost(LONG)
                .until(() -> kafka.producers.size() > client
                        && kafka.producers.get(client).history().size() == 2);
        return kafka.producers.get(client).history().stream()
                .map(record -> LogRecords.report(record.value()).orElseThrow().id())
                .toList();
    }

    /** As Kafka's client does when a report's time is over. The next is one that it gives up with it. */
    private void failsAndIsGivenUp(int client) {
        MockProducer<String, byte[]> failing = kafka.producers.get(client);
        failing.errorNext(new TimeoutException("its time is over"));
        assertThat(failing.closed()).as("before it goes on with the next").isTrue();
        failing.errorNext(new KafkaException("closed"));
    }

    @Test
    void report_that_fails_is_overtaken_by_none_on_its_way_from_the_phone_nor_from_the_disk() throws Exception {
        partitions.count(24);
        kafka.acknowledges = false;
        ReportAppender appender = appender();
        appender.start();
        try {
            CompletableFuture<Void> first = appender.take(report("01A")).toCompletableFuture();
            CompletableFuture<Void> second = appender.take(report("01B")).toCompletableFuture();
            assertThat(twoOf(0)).containsExactly("01A", "01B");
            failsAndIsGivenUp(0);
            assertThat(first).as("on disk").succeedsWithin(LONG);
            assertThat(second).as("on disk").succeedsWithin(LONG);
            assertThat(twoOf(1)).containsExactly("01A", "01B");
            failsAndIsGivenUp(1);
            assertThat(twoOf(2)).containsExactly("01A", "01B");
        } finally {
            appender.stop();
        }
    }

    /** A login over TLS takes longer than the try of one report. */
    @Test
    void client_that_has_not_connected_in_time_goes_on_with_that() throws Exception {
        partitions.count(24);
        kafka.unconnected = 2;
        ReportAppender appender = appender();
        appender.start();
        try {
            assertThat(appender.take(REPORT).toCompletableFuture())
                    .as("on disk")
                    .succeedsWithin(LONG);
            await().atMost(LONG).until(() -> kafka.lastProducer().history().size() == 1);
            assertThat(kafka.producers).hasSize(1);
            assertThat(kafka.lastProducer().history().get(0).headers())
                    .extracting(header -> header.key() + '=' + new String(header.value(), StandardCharsets.UTF_8))
                    .containsExactly("gateway=gateway-2", "delayed=");
        } finally {
            appender.stop();
        }
    }

    /** Of a gateway that does not know Kafka's topics yet: everything goes to its disk. */
    @Test
    void report_of_a_round_that_breaks_off_is_refused_and_the_next_is_taken() throws Exception {
        ReportAppender appender = appender();
        appender.start();
        try {
            broken.set(true);
            CompletableFuture<Void> first = appender.take(REPORT).toCompletableFuture();
            assertThat(first).failsWithin(30, TimeUnit.SECONDS);
            broken.set(false);
            assertThat(appender.take(REPORT).toCompletableFuture()).succeedsWithin(30, TimeUnit.SECONDS);
        } finally {
            broken.set(false);
            appender.stop();
        }
    }
}
