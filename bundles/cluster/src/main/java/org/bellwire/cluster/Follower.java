package org.bellwire.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.PartitionOwner;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.api.runtime.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that is a member of the group: it owns partitions, reads their reports and commands in order, and hands them over.
 * It never waits for anything but Kafka; while the broker takes no events it reads none.
 */
final class Follower {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    /** Half of the group's patience: who slept for longer asks first what it owns still. */
    private static final Duration SLEPT = Duration.ofSeconds(3);
    /** Without a broker for so long, others do better. */
    private static final Duration USELESS = Duration.ofSeconds(10);
    /** After it every gateway that slept has lost its connection, with what it may have had to say. */
    private static final Duration SAY_AGAIN = Duration.ofSeconds(30);

    private static final int STOP_S = 4;

    private final ClusterSettings settings;
    private final KafkaClients clients;
    private final OwnedPartitions partitions;
    private final PartitionOwner owner;
    private final Bus bus;
    private final OwnerOutlet outlet;
    private final KnowledgeLoader loader;
    private final ReportIntake intake;
    private final CommandClaims claims;
    private final GroupRebalance rebalance;
    private final LongSupplier nanos;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final LogThrottle failures;

    // Of the thread alone.
    private boolean subscribed;
    private long connectedAt;
    private long lastRound;
    private Optional<Long> sayAgainAt = Optional.empty();

    Follower(
            ClusterSettings settings,
            KafkaClients clients,
            OwnedPartitions partitions,
            PartitionOwner owner,
            CommandClaims claims,
            Bus bus,
            OwnerOutlet outlet,
            KnowledgeLoader loader,
            Clock clock,
            LongSupplier nanos) {
        this.settings = settings;
        this.clients = clients;
        this.partitions = partitions;
        this.owner = owner;
        this.bus = bus;
        this.outlet = outlet;
        this.loader = loader;
        this.nanos = nanos;
        intake = new ReportIntake(owner, outlet, nanos);
        this.claims = claims;
        rebalance = new GroupRebalance(settings.reports(), partitions, outlet, intake, loader);
        failures = new LogThrottle(60, nanos);
        thread = DaemonThreads.of("bellwire-cluster", KafkaClients.withOwnLoader(this::run));
    }

    GroupRebalance rebalance() {
        return rebalance;
    }

    void start() {
        thread.start();
    }

    /** Leaves the group. */
    void stop() throws InterruptedException {
        stopping.countDown();
        thread.join(TimeUnit.SECONDS.toMillis(STOP_S));
    }

    private void run() {
        try {
            while (stopping.getCount() > 0) {
                membershipWhateverHappens();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without this thread nothing of the owned phones would be published any more. */
    void membershipWhateverHappens() throws InterruptedException {
        try {
            membership();
        } catch (RuntimeException | ExecutionException | TimeoutException e) {
            failures.next()
                    .ifPresent(left -> LOG.warn(
                            "Kafka ({}) cannot be followed and is tried again: {} ({} more since the last such line)",
                            settings.servers(),
                            String.valueOf(e.getMessage()),
                            left));
            LOG.debug("the failure itself", e);
            stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void membership() throws InterruptedException, ExecutionException, TimeoutException {
        if (partitions.count() == 0) {
            partitions.count(clients.ask(new ClusterTopics(settings)::prepare));
        }
        Consumer<String, byte[]> consumer = clients.member(loader.gateways().own());
        try {
            begin(consumer);
            while (stopping.getCount() > 0) {
                round(consumer);
            }
        } finally {
            rebalance.losesAll();
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    void begin(Consumer<String, byte[]> consumer) {
        rebalance.member(consumer);
        subscribed = false;
        connectedAt = nanos.getAsLong();
        lastRound = connectedAt;
    }

    void round(Consumer<String, byte[]> consumer) throws InterruptedException {
        if (!joinsOrLeaves(consumer)) {
            stopping.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        goOnWithWhatIsReady(consumer);
        intake.pauseAndResume(consumer, partitions, settings.reports());
        boolean slept = nanos.getAsLong() - lastRound > SLEPT.toNanos();
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        slept |= nanos.getAsLong() - lastRound > SLEPT.plus(POLL).toNanos();
        lastRound = nanos.getAsLong();
        partitions.member(consumer.groupMetadata());
        if (slept) {
            giveBack(consumer, records);
        } else {
            take(consumer, records);
        }
        outlet.retry();
        sayAgain();
    }

    /** True: it is a member. Without a broker it is none, others can publish for the phones. */
    private boolean joinsOrLeaves(Consumer<String, byte[]> consumer) {
        long now = nanos.getAsLong();
        boolean slept = subscribed && now - lastRound > SLEPT.toNanos();
        if (bus.isConnected() || slept) {
            connectedAt = now;
            if (!subscribed && bus.isConnected()) {
                consumer.subscribe(List.of(settings.reports(), settings.commands()), rebalance);
                subscribed = true;
                lastRound = now;
            }
        } else if (subscribed && now - connectedAt > USELESS.toNanos()) {
            LOG.warn("there is no MQTT broker, so other gateways are to own the phones; reports are still taken");
            consumer.unsubscribe();
            rebalance.losesAll();
            subscribed = false;
        }
        return subscribed;
    }

    private void take(Consumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records) {
        List<ConsumerRecord<String, byte[]>> commands = new ArrayList<>();
        for (TopicPartition at : records.partitions()) {
            if (at.topic().equals(settings.commands())) {
                commands.addAll(records.records(at));
            } else {
                partitions
                        .find(at.partition())
                        .ifPresent(progress -> intake.take(consumer, at, progress, records.records(at)));
            }
        }
        claims.claim(consumer, commands);
    }

    /** What was fetched before a sleep may be another's by now: the next round tells. */
    private void giveBack(Consumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records) {
        LOG.info("this gateway slept: it asks what it owns before it goes on");
        partitions.doubt();
        connectedAt = nanos.getAsLong();
        Set<TopicPartition> assigned = consumer.assignment();
        for (TopicPartition at : records.partitions()) {
            if (assigned.contains(at)) {
                consumer.seek(at, records.records(at).get(0).offset());
            }
        }
    }

    private void goOnWithWhatIsReady(Consumer<String, byte[]> consumer) {
        List<PartitionProgress> ready = loader.ready().stream()
                .filter(each ->
                        partitions.find(each.number()).filter(each::equals).isPresent())
                .toList();
        if (!ready.isEmpty()) {
            resume(consumer, ready);
            LOG.info("owns {} of {} partitions", partitions.all().size(), partitions.count());
            owner.republish();
            sayAgainAt = Optional.of(nanos.getAsLong() + SAY_AGAIN.toNanos());
        }
    }

    private void resume(Consumer<String, byte[]> consumer, List<PartitionProgress> ready) {
        Set<TopicPartition> assigned = new HashSet<>(consumer.assignment());
        assigned.removeIf(at -> ready.stream().noneMatch(each -> each.number() == at.partition()));
        consumer.resume(assigned);
        try {
            for (TopicPartition at : assigned) {
                if (at.topic().equals(settings.reports())) {
                    long from = consumer.position(at, POLL);
                    partitions.find(at.partition()).ifPresent(progress -> progress.startsAt(from));
                }
            }
        } catch (KafkaException e) {
            LOG.debug("the first report tells", e);
        }
    }

    private void sayAgain() {
        if (sayAgainAt.filter(due -> nanos.getAsLong() - due > 0).isPresent()) {
            sayAgainAt = Optional.empty();
            owner.republish();
        }
    }
}
