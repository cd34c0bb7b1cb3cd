package org.bellwire.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bellwire.api.PhoneId;
import org.bellwire.api.SiteId;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.PartitionOwner;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.Site;
import org.bellwire.api.port.Sites;
import org.bellwire.api.port.TriggerOwner;

/** All that a gateway of a cluster runs. */
record ClusterParts(
        ReportAppender appender,
        Checkpointer checkpointer,
        KnowledgeLoader loader,
        Follower follower,
        CommandLog commandLog,
        ClusterIngest ingest,
        GroupGateways gateways,
        LogSender sender,
        ClusterPhones phones,
        TriggerRelay triggers,
        List<Bus.Subscription> subscriptions) {

    /** For how long the result of a command that another gateway carries out is awaited: it waits for its turn there, too. */
    private static final Duration RESULT = Duration.ofSeconds(20);
    /** The same of a trigger, which may go through a list of numbers; nobody in the shell waits for longer. */
    private static final Duration OUTCOME = Duration.ofMinutes(10);

    /** What a member of a cluster uses of the other bundles; sites, phones and triggers come and go. */
    record Ports(
            PartitionOwner owner,
            Commands commands,
            Bus bus,
            BuildingTopics topics,
            Supplier<Sites> sites,
            Supplier<Optional<Phones>> phones,
            Supplier<Optional<TriggerOwner>> triggers) {

        /** The whole root topic of a phone that has a file. */
        Optional<String> rootOf(PhoneId phone) {
            return phones.get()
                    .flatMap(all -> all.find(phone.value()))
                    .flatMap(found -> SiteId.parse(found.site())
                            .map(tenant -> sites.get().find(tenant).map(Site::root))
                            .orElseGet(() -> Optional.of(topics.root())));
        }
    }

    static ClusterParts of(ClusterSettings settings, Ports ports, LimitLog limits, Clock clock) {
        PartitionOwner owner = ports.owner();
        Bus bus = ports.bus();
        LongSupplier nanos = System::nanoTime;
        KafkaClients clients = new KafkaClients(settings, UUID.randomUUID().toString());
        OwnedPartitions partitions = new OwnedPartitions(nanos);
        ReportDisk disk = new ReportDisk(
                new ReportStore(settings.spool().dir(), clock::instant), settings.spool(), limits, clock, nanos);
        GroupGateways gateways = new GroupGateways(bus.clientId(), clients::members, partitions, nanos);
        ReportAppender appender = new ReportAppender(clients, settings, gateways.own(), partitions, disk, nanos);
        OwnerOutlet outlet = new OwnerOutlet(bus, settings.spool().maxAge(), clock, nanos);
        KnowledgeLoader loader = new KnowledgeLoader(settings, clients, partitions, owner, gateways, nanos);
        LogSender sender = new LogSender(settings, clients, partitions);
        CommandRelay relay = new CommandRelay(sender, gateways.own(), RESULT, clock);
        TriggerRelay triggers = new TriggerRelay(sender, gateways.own(), OUTCOME, clock, nanos);
        RemoteStates states = new RemoteStates(ports.topics(), ports.sites(), ports::rootOf, partitions, clock, nanos);
        CommandClaims claims = new CommandClaims(ports.commands(), ports.triggers(), bus::publish, clock, nanos);
        return new ClusterParts(
                appender,
                new Checkpointer(settings, clients, partitions, owner, nanos),
                loader,
                new Follower(settings, clients, partitions, owner, claims, bus, outlet, loader, clock, nanos),
                new CommandLog(settings, clients, partitions, owner, ports.triggers(), limits, clock, nanos),
                new ClusterIngest(appender, partitions),
                gateways,
                sender,
                new ClusterPhones(relay, states),
                triggers,
                List.of(bus.subscribe(new SharedStatus(bus)), bus.subscribe(relay), bus.subscribe(triggers)));
    }

    void start() {
        appender.start();
        loader.start();
        follower.start();
        checkpointer.start();
        commandLog.start();
    }

    /** Hears and takes nothing more, keeps what is known, and leaves the others its phones. */
    void stop() throws InterruptedException {
        subscriptions.forEach(Bus.Subscription::close);
        phones.relay().stop();
        triggers.stop();
        sender.stop();
        commandLog.stop();
        appender.stop();
        checkpointer.stop();
        follower.stop();
        loader.stop();
    }
}
