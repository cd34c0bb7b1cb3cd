package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.bellwire.api.port.LimitLog;
import org.bellwire.cluster.ClusterSettings.SpoolBounds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportDiskTest {

    @TempDir
    private Path dir;

    private static final Instant NOW = Instant.parse("2026-11-21T08:15:30Z");

    private long nanos;

    private ReportDisk disk(Path at) {
        SpoolBounds bounds = new SpoolBounds(at, 3, 1 << 20, Duration.ofSeconds(30), Duration.ofDays(3));
        return new ReportDisk(
                new ReportStore(at, () -> Instant.EPOCH),
                bounds,
                LimitLog.none(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                () -> nanos);
    }

    private static PendingReport report(String text) {
        return new PendingReport("lobby", text.getBytes(StandardCharsets.UTF_8), 0);
    }

    private static List<String> texts(ReportDisk disk) {
        return disk.read(0, 10).values().stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void what_is_written_is_promised_and_there_after_a_restart() {
        ReportDisk disk = disk(dir);
        PendingReport first = report("1");
        disk.write(List.of(first, report("2")));
        assertThat(first).isCompleted();
        disk.close();
        ReportDisk again = disk(dir);
        assertThat(again.isEmpty()).isFalse();
        again.tend();
        assertThat(texts(again)).containsExactly("1", "2");
        PendingReport third = report("3");
        again.write(List.of(third));
        assertThat(texts(again)).containsExactly("1", "2", "3");
        again.close();
    }

    @Test
    void report_older_than_keep_h_is_not_for_kafka_any_more() {
        ReportDisk disk = disk(dir);
        nanos += Duration.ofDays(3).plusSeconds(1).toNanos();
        assertThat(disk.isExpired(NOW.minus(Duration.ofDays(3)))).isFalse();
        assertThat(disk.isExpired(NOW.minus(Duration.ofDays(3)).minusSeconds(1)))
                .isTrue();
    }

    @Test
    void clock_alone_expires_no_report() {
        ReportDisk disk = disk(dir);
        nanos += Duration.ofDays(3).toNanos();
        assertThat(disk.isExpired(Instant.EPOCH)).isFalse();
    }

    @Test
    void one_too_many_is_refused() {
        ReportDisk disk = disk(dir);
        disk.write(List.of(report("1"), report("2"), report("3")));
        PendingReport fourth = report("4");
        disk.write(List.of(fourth));
        assertThat(fourth).isCompletedExceptionally();
        disk.close();
    }

    @Test
    void what_has_left_leaves_no_file_behind() {
        ReportDisk disk = disk(dir);
        PendingReport only = report("1");
        disk.write(List.of(only));
        disk.remove(only.number());
        disk.removeNow(true);
        assertThat(disk.isEmpty()).isTrue();
        nanos += Duration.ofMinutes(1).toNanos();
        disk.tend();
        assertThat(dir.resolve("reports.mv")).doesNotExist();
    }

    @Test
    void disk_that_does_not_work_refuses_and_is_tried_again() throws Exception {
        Path file = dir.resolve("no-folder");
        Files.writeString(file, "in the way");
        ReportDisk disk = disk(file);
        PendingReport refused = report("1");
        disk.write(List.of(refused));
        assertThat(refused).isCompletedExceptionally();
        Files.delete(file);
        nanos += Duration.ofSeconds(2).toNanos();
        disk.tend();
        PendingReport promised = report("2");
        disk.write(List.of(promised));
        assertThat(promised).isCompleted();
        disk.close();
    }

    @Test
    void corrupt_file_is_put_aside() throws Exception {
        Files.writeString(dir.resolve("reports.mv"), "nonsense".repeat(2000));
        ReportDisk disk = disk(dir);
        PendingReport promised = report("1");
        disk.write(List.of(promised));
        assertThat(promised).isCompleted();
        disk.close();
        try (var files = Files.list(dir)) {
            assertThat(files.map(each -> each.getFileName().toString())).anyMatch(name -> name.endsWith(".corrupt"));
        }
    }
}
