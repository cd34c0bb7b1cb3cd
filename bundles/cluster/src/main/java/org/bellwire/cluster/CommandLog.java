package org.bellwire.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.PartitionOwner;
import org.bellwire.api.port.TriggerOrder;
import org.bellwire.api.port.TriggerOwner;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.api.runtime.LogThrottle;
import org.bellwire.cluster.LogRecords.Heard;
import org.bellwire.cluster.LogRecords.HeardCommand;
import org.bellwire.cluster.LogRecords.HeardTrigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the commands of all phones, and what fires triggers, while this gateway owns the first partition, and puts them into the log. Before it hears it has
 * Kafka refuse what any gateway that heard before may still want to write, so that no command stands there twice. None is written
 * a second time: one of unknown fate counts as lost.
 */
final class CommandLog {

    private static final Logger LOG = LoggerFactory.getLogger(CommandLog.class);
    private static final int MAX = 1_000;
    /** Payloads may be long. */
    private static final long MAX_BYTES = 1 << 20;

    private static final int WAIT_MS = 100;
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final int STOP_S = 2;

    private final ClusterSettings settings;
    private final KafkaClients clients;
    private final OwnedPartitions partitions;
    private final PartitionOwner owner;
    private final Supplier<Optional<TriggerOwner>> triggers;
    private final LimitLog limits;
    private final Clock clock;
    private final Thread thread;
    private final LinkedBlockingQueue<Heard> heard = new LinkedBlockingQueue<>(MAX);
    private final AtomicLong heardBytes = new AtomicLong();
    private final LogThrottle failures;
    private volatile boolean stopped;

    // Of the thread alone.
    private Optional<Producer<String, byte[]>> producer = Optional.empty();
    private Optional<Bus.Subscription> subscription = Optional.empty();
    private Optional<TriggerOwner> heardTriggers = Optional.empty();
    private Optional<Bus.Subscription> triggerSubscription = Optional.empty();

    CommandLog(
            ClusterSettings settings,
            KafkaClients clients,
            OwnedPartitions partitions,
            PartitionOwner owner,
            Supplier<Optional<TriggerOwner>> triggers,
            LimitLog limits,
            Clock clock,
            LongSupplier nanos) {
        this.settings = settings;
        this.clients = clients;
        this.partitions = partitions;
        this.owner = owner;
        this.triggers = triggers;
        this.limits = limits;
        this.clock = clock;
        failures = new LogThrottle(60, nanos);
        thread = DaemonThreads.of("bellwire-cluster-commands", KafkaClients.withOwnLoader(this::run));
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.join(TimeUnit.SECONDS.toMillis(STOP_S));
    }

    private void run() {
        try {
            while (!stopped) {
                roundWhateverHappens();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopListening();
        }
    }

    private void roundWhateverHappens() throws InterruptedException {
        try {
            round();
        } catch (RuntimeException e) {
            stopListening();
            failures.next()
                    .ifPresent(left -> LOG.warn(
                            "commands cannot be brought into Kafka, those of this moment are lost: {} ({} more since the last such"
                                    + " line)",
                            String.valueOf(e.getMessage()),
                            left));
            LOG.debug("the failure itself", e);
            TimeUnit.MILLISECONDS.sleep(WAIT_MS);
        }
    }

    private void round() throws InterruptedException {
        if (!partitions.ownsFirst() || (subscription.isEmpty() && partitions.isDoubtful())) {
            stopListening();
            TimeUnit.MILLISECONDS.sleep(WAIT_MS);
            return;
        }
        if (subscription.isEmpty()) {
            Producer<String, byte[]> made = clients.transactions(settings.group() + "-commands");
            producer = Optional.of(made);
            made.initTransactions();
            subscription = Optional.of(owner.listen(this::hear));
            LOG.info("hears the commands for all gateways");
        }
        listenToTriggers();
        Optional<Heard> first = Optional.ofNullable(heard.poll(WAIT_MS, TimeUnit.MILLISECONDS));
        if (first.isPresent()) {
            List<Heard> batch = new ArrayList<>();
            batch.add(first.get());
            heard.drainTo(batch);
            batch.forEach(each -> heardBytes.addAndGet(-each.size()));
            write(batch);
        }
    }

    /** On the MQTT client's thread. */
    void hear(CommandOrder order) {
        hear(new HeardCommand(order, clock.instant()));
    }

    /** The same. */
    void hear(TriggerOrder order) {
        hear(new HeardTrigger(order, clock.instant(), Optional.empty()));
    }

    private void hear(Heard what) {
        if (heardBytes.addAndGet(what.size()) > MAX_BYTES || !heard.offer(what)) {
            heardBytes.addAndGet(-what.size());
            limits.reached(
                    Limit.CLUSTER_COMMANDS,
                    () -> "More than " + MAX
                            + " commands, or 1 MiB of them, wait for Kafka, further ones are lost: find out who sends so many,"
                            + " and whether Kafka works");
        }
    }

    private void write(List<Heard> batch) {
        Producer<String, byte[]> to = producer.orElseThrow();
        to.beginTransaction();
        for (Heard each : batch) {
            to.send(LogSender.record(settings, partitions, each));
        }
        to.commitTransaction();
    }

    /** Where the triggers are there now, or others than before. */
    private void listenToTriggers() {
        Optional<TriggerOwner> now = triggers.get();
        if (!now.equals(heardTriggers)) {
            stopListeningToTriggers();
            triggerSubscription = now.map(there -> there.listen(this::hear));
            heardTriggers = now;
        }
    }

    private void stopListeningToTriggers() {
        triggerSubscription.ifPresent(Bus.Subscription::close);
        triggerSubscription = Optional.empty();
        heardTriggers = Optional.empty();
    }

    /** Hears no more; what it heard and did not write is lost, as if nobody had been there. */
    private void stopListening() {
        subscription.ifPresent(Bus.Subscription::close);
        subscription = Optional.empty();
        stopListeningToTriggers();
        List<Heard> lost = new ArrayList<>();
        heard.drainTo(lost);
        lost.forEach(each -> heardBytes.addAndGet(-each.size()));
        producer.ifPresent(there -> KafkaClients.closeBy(() -> there.close(CLOSE)));
        producer = Optional.empty();
    }
}
