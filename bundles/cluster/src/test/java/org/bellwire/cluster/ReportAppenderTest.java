package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bellwire.api.PhoneId;
import org.bellwire.api.Variables;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.Report;
import org.bellwire.cluster.ClusterSettings.SpoolBounds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a gateway that does not know Kafka's topics yet: everything goes to its disk. */
class ReportAppenderTest {

    private static final Report REPORT =
            new Report(new PhoneId("lobby"), "acme", "Ring", new Variables.Builder().build(), Instant.EPOCH, "01J");

    @TempDir
    Path dir;

    private final AtomicBoolean broken = new AtomicBoolean();

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
                new KafkaClients(settings, "test"),
                settings,
                new OwnedPartitions(System::nanoTime),
                disk,
                System::nanoTime);
    }

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
