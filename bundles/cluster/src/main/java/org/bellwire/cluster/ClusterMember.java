package org.bellwire.cluster;

import java.time.Clock;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.config.LastGoodSettings;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Commands;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Gateways;
import org.bellwire.api.port.Ingest;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.PartitionOwner;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Phones;
import org.bellwire.api.port.RemotePhones;
import org.bellwire.api.port.RemoteTriggers;
import org.bellwire.api.port.Sites;
import org.bellwire.api.port.TriggerOwner;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This gateway as one of several, if its file names Kafka's servers. A change of the file begins anew. */
@Component(
        service = {},
        configurationPid = {"org.bellwire.cluster", "org.bellwire.spool"})
public final class ClusterMember {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterMember.class);

    /** Who counts now, if somebody does. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters = Optional.empty();

    /** The sites beside the gateway's own. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Sites> sites = Optional.empty();

    /** To know which of them stand below which root topic. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Phones> phones = Optional.empty();

    /** The triggers, while they are there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<TriggerOwner> triggers = Optional.empty();

    private final BundleContext context;
    private final ClusterParts.Ports ports;
    private final Optional<ClusterSettings> settings;
    private Optional<ClusterParts> parts = Optional.empty();
    private Optional<ServiceRegistration<?>> registration = Optional.empty();
    private Optional<ServiceRegistration<RemotePhones>> remote = Optional.empty();
    private Optional<ServiceRegistration<RemoteTriggers>> remoteTriggers = Optional.empty();
    private Optional<ServiceRegistration<Gateways>> gateways = Optional.empty();

    @Activate
    public ClusterMember(
            BundleContext context,
            @Reference PartitionOwner owner,
            @Reference Commands commands,
            @Reference Bus bus,
            @Reference BuildingTopics topics,
            Map<String, ?> properties) {
        this.context = context;
        ports = new ClusterParts.Ports(
                owner, commands, bus, topics, () -> sites.orElse(Sites.NONE), () -> phones, () -> triggers);
        LastGoodSettings<Optional<ClusterSettings>> file =
                new LastGoodSettings<>(Optional.empty(), read -> Optional.of(ClusterSettings.of(read)), LOG::warn);
        file.read(properties, "this gateway serves no phone until this is right");
        settings = file.now().filter(read -> !read.servers().isEmpty());
    }

    @Activate
    @SuppressWarnings("JdkObsolete") // the framework speaks in dictionaries
    public void open() {
        if (settings.isEmpty()) {
            LOG.info("org.bellwire.cluster.cfg names no servers: this gateway is alone");
            return;
        }
        LimitLog limits = new LimitLog(LOG::warn, () -> counters.orElse(Counters.NONE), 600, System::nanoTime);
        ClusterParts made = ClusterParts.of(settings.get(), ports, limits, Clock.systemUTC());
        parts = Optional.of(made);
        made.start();
        registration = Optional.of(context.registerService(
                new String[] {Ingest.class.getName(), PhoneListener.class.getName()},
                made.ingest(),
                new Hashtable<>()));
        remote = Optional.of(context.registerService(RemotePhones.class, made.phones(), new Hashtable<>()));
        remoteTriggers = Optional.of(context.registerService(RemoteTriggers.class, made.triggers(), new Hashtable<>()));
        tellOf(made.gateways());
    }

    @SuppressWarnings("JdkObsolete") // the framework speaks in dictionaries
    private void tellOf(GroupGateways all) {
        ServiceRegistration<Gateways> told = context.registerService(Gateways.class, all, new Hashtable<>());
        gateways = Optional.of(told);
        all.onChange(() ->
                told.setProperties(new Hashtable<>(Map.of("gateways", all.all().toArray(String[]::new)))));
    }

    @Deactivate
    public void stop() throws InterruptedException {
        parts.ifPresent(there -> there.gateways().onChange(() -> {}));
        gateways.ifPresent(ServiceRegistration::unregister);
        remoteTriggers.ifPresent(ServiceRegistration::unregister);
        remote.ifPresent(ServiceRegistration::unregister);
        registration.ifPresent(ServiceRegistration::unregister);
        if (parts.isPresent()) {
            parts.get().stop();
        }
    }
}
