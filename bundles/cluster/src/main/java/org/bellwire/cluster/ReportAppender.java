package org.bellwire.cluster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.bellwire.api.port.Report;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.api.runtime.LogThrottle;
import org.bellwire.cluster.PendingReport.Fate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings reports into the log, each phone's in the order in which they came. One that Kafka has not acknowledged after 250 ms goes
 * to this gateway's disk with all behind it, which is a promise as well, and later ones queue there until the disk is empty again.
 */
final class ReportAppender {

    private static final Logger LOG = LoggerFactory.getLogger(ReportAppender.class);
    private static final long PATIENCE = Duration.ofMillis(250).toNanos();
    private static final long PAUSE = Duration.ofMillis(10).toNanos();
    private static final long IDLE = Duration.ofMillis(200).toNanos();
    private static final long FAREWELL = Duration.ofSeconds(2).toNanos();
    private static final int STOP_S = 4;
    private static final int MAX_WAITING = 20_000;
    private static final long MAX_WAITING_BYTES = 8L << 20;
    private static final int MAX_DIRECT = 2_000;
    private static final int MAX_DRAINING = 200;

    private final ReportProducer producer;
    private final ReportDisk disk;
    private final LongSupplier nanos;
    private final Thread thread;
    private final LinkedBlockingQueue<PendingReport> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile boolean stopped;

    // Of the thread alone.
    /** Taken in this round: whoever waits for one gets an answer, also where the round breaks off. */
    private final List<PendingReport> taken = new ArrayList<>();

    /** Sent as they came, in order. */
    private final Deque<PendingReport> directs = new ArrayDeque<>();
    /** Sent from the disk, in order. */
    private final Deque<PendingReport> draining = new ArrayDeque<>();

    private long drained;
    private boolean drainFailed;
    private boolean directFailed;
    private boolean toldAway;
    private final LogThrottle awayLog;

    /** @param gateway the name of this gateway, which no other has */
    ReportAppender(
            KafkaClients clients,
            ClusterSettings settings,
            String gateway,
            OwnedPartitions partitions,
            ReportDisk disk,
            LongSupplier nanos) {
        producer = new ReportProducer(clients, settings, gateway, partitions, nanos);
        this.disk = disk;
        this.nanos = nanos;
        awayLog = new LogThrottle(60, nanos);
        thread = DaemonThreads.of("bellwire-cluster-append", KafkaClients.withOwnLoader(this::run));
    }

    void start() {
        thread.start();
    }

    /** Takes nothing more, and ends when all that was taken is in Kafka, on disk or refused. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join(TimeUnit.SECONDS.toMillis(STOP_S));
    }

    CompletionStage<Void> take(Report report) {
        PendingReport pending = new PendingReport(report.phone().value(), LogRecords.of(report), nanos.getAsLong());
        int size = pending.bytes().length;
        if (stopped) {
            pending.refuse("Bellwire is stopping");
        } else if (waitingBytes.addAndGet(size) > MAX_WAITING_BYTES || !waiting.offer(pending)) {
            waitingBytes.addAndGet(-size);
            pending.refuse("too much is waiting for Kafka");
        } else if (stopped && waiting.remove(pending)) { // the thread may have looked for the last time
            pending.refuse("Bellwire is stopping");
        }
        return pending;
    }

    private void run() {
        try {
            while (!stopped) {
                roundWhateverHappens();
            }
            farewell();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            producer.close();
            disk.close();
        }
    }

    /** Without this thread no report would be promised any more. */
    private void roundWhateverHappens() throws InterruptedException {
        try {
            round();
        } catch (RuntimeException | Error e) {
            LOG.error("this is a bug; trying again", e);
            refuseTaken();
            producer.rest();
        }
    }

    /** What is in neither the log nor the disk, nor on its way to one. */
    private void refuseTaken() {
        taken.removeAll(directs);
        taken.forEach(each -> each.refuse("a fault, see the log"));
        taken.clear();
    }

    private void round() throws InterruptedException {
        boolean busy = !directs.isEmpty() || disk.count() > 0;
        Optional<PendingReport> first = Optional.ofNullable(waiting.poll(busy ? PAUSE : IDLE, TimeUnit.NANOSECONDS));
        taken.clear();
        first.ifPresent(taken::add);
        waiting.drainTo(taken);
        taken.forEach(each -> waitingBytes.addAndGet(-each.bytes().length));
        List<PendingReport> batch = List.copyOf(taken);
        disk.tend();
        settleDirects();
        List<PendingReport> toDisk = new ArrayList<>();
        for (PendingReport each : batch) {
            if (mayBeSent() && toDisk.isEmpty()) {
                directs.add(each);
                producer.send(each, false);
            } else {
                toDisk.add(each);
            }
        }
        List<PendingReport> late = late();
        late.addAll(toDisk);
        disk.write(late);
        drain();
        disk.removeNow(false);
        tellWhetherAway();
    }

    private boolean mayBeSent() {
        return disk.isEmpty() && draining.isEmpty() && directs.size() < MAX_DIRECT && producer.mayTry();
    }

    /** Takes out what Kafka has. Where it did not take one, all that are on their way go to the disk, in their order. */
    private void settleDirects() {
        boolean failed = false;
        List<PendingReport> unwritten = new ArrayList<>();
        for (Iterator<PendingReport> all = directs.iterator(); all.hasNext(); ) {
            PendingReport each = all.next();
            Fate fate = each.fate();
            failed |= fate == Fate.FAILED;
            if (fate == Fate.APPENDED && each.number() > 0) {
                disk.remove(each.number());
            }
            if (!each.isDone()) {
                unwritten.add(each);
            }
            if (fate != Fate.OPEN) {
                all.remove();
            }
        }
        if (failed) {
            producer.rest();
            taken.addAll(unwritten);
            disk.write(unwritten);
        }
        directFailed |= failed;
        if (directFailed && directs.isEmpty()) {
            directFailed = false;
            producer.renew();
        }
    }

    /** Those that have waited for too long, and all behind them. */
    private List<PendingReport> late() {
        List<PendingReport> open = unwritten();
        boolean late = !open.isEmpty() && nanos.getAsLong() - open.get(0).since() >= PATIENCE;
        return late ? open : new ArrayList<>();
    }

    /** Neither in Kafka nor on disk, as far as is known, and not refused. */
    private List<PendingReport> unwritten() {
        return new ArrayList<>(directs.stream().filter(each -> !each.isDone()).toList());
    }

    /** Sends what is on disk, a limited number at a time; anew from the beginning where one failed. */
    private void drain() {
        for (Iterator<PendingReport> all = draining.iterator(); all.hasNext(); ) {
            PendingReport each = all.next();
            Fate fate = each.fate();
            drainFailed |= fate == Fate.FAILED;
            if (fate == Fate.APPENDED) {
                disk.remove(each.number());
            }
            if (fate != Fate.OPEN) {
                all.remove();
            }
        }
        if (drainFailed && draining.isEmpty()) {
            drainFailed = false;
            disk.removeNow(true);
            drained = 0;
            producer.rest();
            producer.renew();
        }
        boolean may = directs.isEmpty() && !drainFailed && draining.size() <= MAX_DRAINING / 2 && producer.mayTry();
        if (!may || disk.count() == 0) {
            return;
        }
        if (drained == 0) {
            disk.removeNow(true); // what is in Kafka already is not to be sent again
        }
        Map<Long, byte[]> page = disk.read(drained, MAX_DRAINING - draining.size());
        if (page.isEmpty() && draining.isEmpty()) {
            disk.removeNow(true);
            drained = 0;
        }
        page.forEach(this::sendFromDisk);
    }

    private void sendFromDisk(long number, byte[] bytes) {
        drained = number;
        Optional<Report> report = LogRecords.report(bytes);
        if (report.isEmpty()) {
            LOG.error("a report is damaged on disk and lost: check the disk");
            disk.remove(number);
            return;
        }
        if (disk.isExpired(report.get().time())) {
            disk.remove(number);
            return;
        }
        PendingReport pending = new PendingReport(report.get().phone().value(), bytes, nanos.getAsLong());
        pending.number(number);
        draining.add(pending);
        if (drainFailed) {
            pending.settled(false);
            return;
        }
        producer.send(pending, true);
        drainFailed |= pending.fate() == Fate.FAILED;
    }

    private void tellWhetherAway() {
        boolean away = disk.count() > 0;
        if (away && !toldAway && awayLog.next().isPresent()) {
            LOG.warn("Kafka does not take reports in time: they are kept on this gateway's disk until it does");
            toldAway = true;
        } else if (!away && toldAway) {
            LOG.info("Kafka has all reports that were kept on disk");
            toldAway = false;
        }
    }

    private void farewell() throws InterruptedException {
        long end = nanos.getAsLong() + FAREWELL;
        while (nanos.getAsLong() - end < 0 && (!waiting.isEmpty() || !directs.isEmpty())) {
            round();
        }
        settleDirects();
        disk.write(unwritten());
    }
}
