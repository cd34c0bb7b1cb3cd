package org.bellwire.cluster;

import java.time.Clock;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.PartitionOwner;

/** All that a gateway of a cluster runs. */
record ClusterParts(
        ReportAppender appender,
        Checkpointer checkpointer,
        KnowledgeLoader loader,
        Follower follower,
        CommandLog commandLog,
        ClusterIngest ingest,
        GroupGateways gateways,
        Bus.Subscription status) {

    static ClusterParts of(
            ClusterSettings settings, PartitionOwner owner, Commands commands, Bus bus, LimitLog limits, Clock clock) {
        LongSupplier nanos = System::nanoTime;
        KafkaClients clients = new KafkaClients(settings, UUID.randomUUID().toString());
        OwnedPartitions partitions = new OwnedPartitions(nanos);
        ReportDisk disk = new ReportDisk(
                new ReportStore(settings.spool().dir(), clock::instant), settings.spool(), limits, clock, nanos);
        ReportAppender appender = new ReportAppender(clients, settings, partitions, disk, nanos);
        OwnerOutlet outlet = new OwnerOutlet(bus, settings.spool().maxAge(), clock, nanos);
        GroupGateways gateways = new GroupGateways(bus.clientId(), clients::members, partitions, nanos);
        KnowledgeLoader loader = new KnowledgeLoader(settings, clients, partitions, owner, gateways, nanos);
        return new ClusterParts(
                appender,
                new Checkpointer(settings, clients, partitions, owner, nanos),
                loader,
                new Follower(settings, clients, partitions, owner, commands, bus, outlet, loader, clock, nanos),
                new CommandLog(settings, clients, partitions, owner, limits, clock, nanos),
                new ClusterIngest(appender, partitions),
                gateways,
                bus.subscribe(new SharedStatus(bus)));
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
        status.close();
        commandLog.stop();
        appender.stop();
        checkpointer.stop();
        follower.stop();
        loader.stop();
    }
}
