package org.bellwire.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.PartitionOwner;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.api.runtime.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has this gateway know what is known of the phones of new partitions, on a thread of its own: no event waits for it but theirs. */
final class KnowledgeLoader {

    private static final Logger LOG = LoggerFactory.getLogger(KnowledgeLoader.class);
    private static final int WAIT_MS = 500;
    /** For phones' files that are still being read. */
    private static final int FILES_MS = 60_000;

    private static final int FILES_STEP_MS = 50;
    private static final int STOP_S = 1;

    private final OwnedPartitions partitions;
    private final PartitionOwner owner;
    private final GroupGateways gateways;
    private final KnowledgeReader reader;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Semaphore work = new Semaphore(0);
    /** No more than there are partitions. */
    private final ConcurrentLinkedQueue<PartitionProgress> ready = new ConcurrentLinkedQueue<>();

    private final LogThrottle failures;

    KnowledgeLoader(
            ClusterSettings settings,
            KafkaClients clients,
            OwnedPartitions partitions,
            PartitionOwner owner,
            GroupGateways gateways,
            LongSupplier nanos) {
        this.partitions = partitions;
        this.owner = owner;
        this.gateways = gateways;
        reader = new KnowledgeReader(settings, clients, () -> stopping.getCount() == 0, nanos);
        failures = new LogThrottle(60, nanos);
        thread = DaemonThreads.of("bellwire-cluster-load", KafkaClients.withOwnLoader(this::run));
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        stopping.countDown();
        work.release();
        thread.join(TimeUnit.SECONDS.toMillis(STOP_S));
    }

    GroupGateways gateways() {
        return gateways;
    }

    /** The group divided the partitions anew: some are not ready, and others may have come or gone. */
    void wake() {
        gateways.membersChanged();
        work.release();
    }

    /** Those that have become known since the last call. */
    List<PartitionProgress> ready() {
        List<PartitionProgress> done = new ArrayList<>();
        for (PartitionProgress next = ready.poll(); next != null; next = ready.poll()) {
            done.add(next);
        }
        return done;
    }

    private void run() {
        try {
            while (stopping.getCount() > 0) {
                if (work.tryAcquire(WAIT_MS, TimeUnit.MILLISECONDS)) {
                    work.drainPermits();
                }
                loadWhatIsNew();
                gateways.look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reader.close();
        }
    }

    /** Waits for Kafka, and for phones' files that are being read. */
    void loadWhatIsNew() throws InterruptedException {
        List<PartitionProgress> unknown =
                partitions.all().stream().filter(each -> !each.isReady()).toList();
        if (unknown.isEmpty()) {
            return;
        }
        try {
            awaitFiles();
            Set<Integer> numbers =
                    unknown.stream().map(PartitionProgress::number).collect(Collectors.toSet());
            Map<PhoneId, String> known = reader.read(numbers);
            owner.begin(phone -> numbers.contains(Partitions.of(phone.value(), partitions.count())), known);
            unknown.forEach(PartitionProgress::becomesReady);
            ready.addAll(unknown);
        } catch (RuntimeException e) { // tried again
            failures.next()
                    .ifPresent(left -> LOG.warn(
                            "what is known of the phones could not be read from Kafka and is tried again: {}",
                            String.valueOf(e.getMessage())));
            LOG.debug("the failure itself", e);
            stopping.await(WAIT_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void awaitFiles() throws InterruptedException {
        for (int waited = 0; waited < FILES_MS && !owner.isComplete(); waited += FILES_STEP_MS) {
            if (stopping.await(FILES_STEP_MS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }
}
