package org.bellwire.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.bellwire.api.port.PartitionOwner;
import org.bellwire.api.port.PartitionOwner.Position;
import org.bellwire.api.port.Report;
import org.bellwire.api.runtime.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands reports of the log over in order, and holds up what cannot go on. Of the follower's thread. */
final class ReportIntake {

    private static final Logger LOG = LoggerFactory.getLogger(ReportIntake.class);
    /** For a phone's file that another gateway has already. */
    private static final Duration FILE = Duration.ofSeconds(30);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final PartitionOwner owner;
    private final OwnerOutlet outlet;
    private final LongSupplier nanos;
    private final LogThrottle unknown;
    private final LogThrottle faults;
    private final Map<TopicPartition, Held> held = new HashMap<>();
    private final OvertakenReports overtaken;
    private boolean full;

    /** A report that waits for its phone's file. */
    private record Held(long offset, long since, long lookAgainAt) {}

    ReportIntake(PartitionOwner owner, OwnerOutlet outlet, LongSupplier nanos) {
        this.owner = owner;
        this.outlet = outlet;
        this.nanos = nanos;
        overtaken = new OvertakenReports(owner::lastReport);
        unknown = new LogThrottle(60, nanos);
        faults = new LogThrottle(60, nanos);
    }

    /** The partitions are others. */
    void forget() {
        held.clear();
        overtaken.forget();
        full = false;
    }

    /** While the broker has many events to acknowledge, and where a report waits, nothing is read. */
    void pauseAndResume(Consumer<String, byte[]> consumer, OwnedPartitions partitions, String reports) {
        int waiting = outlet.size();
        full = waiting >= OwnerOutlet.FULL || (full && waiting > OwnerOutlet.FULL / 2);
        long now = nanos.getAsLong();
        Set<TopicPartition> pause = new HashSet<>();
        Set<TopicPartition> resume = new HashSet<>();
        Set<TopicPartition> paused = consumer.paused();
        for (TopicPartition at : consumer.assignment()) {
            if (!at.topic().equals(reports)
                    || partitions
                            .find(at.partition())
                            .filter(PartitionProgress::isReady)
                            .isEmpty()) {
                continue;
            }
            Optional<Held> waits = Optional.ofNullable(held.get(at)).filter(one -> now - one.lookAgainAt() < 0);
            boolean stop = full || waits.isPresent();
            if (stop && !paused.contains(at)) {
                pause.add(at);
            } else if (!stop && paused.contains(at)) {
                resume.add(at);
            }
        }
        consumer.pause(pause);
        consumer.resume(resume);
    }

    void take(
            Consumer<String, byte[]> consumer,
            TopicPartition at,
            PartitionProgress progress,
            List<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> each : records) {
            Optional<Report> report = Optional.ofNullable(each.value()).flatMap(LogRecords::report);
            if (report.isEmpty()) {
                LOG.warn("{} at {} is no report that this version understands: it is left out", at, each.offset());
                progress.passes(each.offset());
            } else if (owner.knows(report.get()) || isGivenUp(at, each.offset(), report.get())) {
                held.remove(at);
                take(progress, each, report.get());
            } else {
                consumer.seek(at, each.offset());
                return;
            }
        }
    }

    /** Holds the partition up for a while, and tells when it was for nothing. */
    private boolean isGivenUp(TopicPartition at, long offset, Report report) {
        long now = nanos.getAsLong();
        Held before = Optional.ofNullable(held.get(at))
                .filter(one -> one.offset() == offset)
                .orElse(new Held(offset, now, now));
        if (now - before.since() > FILE.toNanos()) {
            unknown.next()
                    .ifPresent(left -> LOG.warn(
                            "phone {}: has no file here, or its vendor's feature is missing, so its report is left out: give all"
                                    + " gateways the same files ({} more since the last such line)",
                            report.phone(),
                            left));
            return true;
        }
        held.put(at, new Held(offset, before.since(), now + LOOK_AGAIN.toNanos()));
        return false;
    }

    private void take(PartitionProgress progress, ConsumerRecord<String, byte[]> record, Report report) {
        boolean byDisk = header(record, ReportProducer.DELAYED).isPresent();
        String gateway = header(record, ReportProducer.GATEWAY).orElse("");
        boolean delayed = overtaken.isOvertaken(report, gateway, byDisk) || byDisk;
        progress.takes(report.phone(), record.offset());
        try {
            owner.take(report, new Position(record.offset(), delayed), outlet)
                    .whenComplete((done, failure) -> progress.arrived(report.phone()));
        } catch (RuntimeException | Error e) { // one that a table cannot stand must not hold up the others
            progress.arrived(report.phone());
            faults.next()
                    .ifPresent(left -> LOG.error(
                            "phone {}: a report met a fault of Bellwire and is left out ({} more since the last such line)",
                            report.phone(),
                            left,
                            e));
        }
    }

    private static Optional<String> header(ConsumerRecord<String, byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }
}
