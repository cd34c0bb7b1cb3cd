package org.bellwire.homeassistant;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.bellwire.api.PhoneId;
import org.bellwire.api.config.LastGoodSettings;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.Gateways;
import org.bellwire.api.port.Groups;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.port.PhoneListener;
import org.bellwire.api.port.Phones;
import org.bellwire.api.runtime.DaemonThreads;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces the gateway, the phones and the groups to Home Assistant: after each connect, when something changes, and when Home
 * Assistant says that it has started. At its end all stays as it is: after an update or a restart nobody has lost his settings. Of
 * several gateways each announces what it owns.
 */
@Component(
        service = {PhoneListener.class, Groups.Listener.class},
        configurationPid = DiscoverySettings.PID,
        immediate = true)
public final class HomeAssistant implements PhoneListener, Groups.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(HomeAssistant.class);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Groups> groups = Optional.empty();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters = Optional.empty();

    /** The gateways of a cluster; none: this one is alone. */
    private volatile Optional<Gateways> gateways = Optional.empty();

    private final LastGoodSettings<DiscoverySettings> file =
            new LastGoodSettings<>(DiscoverySettings.DEFAULT, DiscoverySettings::read, LOG::warn);
    private final Bus bus;
    private final BuildingTopics topics;
    private final ScheduledExecutorService thread;
    private final Announcer announcer;
    private final BirthWatch births;
    private Bus.Subscription connection = () -> {};

    @Activate
    public HomeAssistant(
            Map<String, ?> properties, @Reference Phones phones, @Reference Bus bus, @Reference BuildingTopics topics) {
        this(
                properties,
                phones,
                bus,
                topics,
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("bellwire-homeassistant")),
                System::nanoTime);
    }

    HomeAssistant(
            Map<String, ?> properties,
            Phones phones,
            Bus bus,
            BuildingTopics topics,
            ScheduledExecutorService thread,
            LongSupplier nanos) {
        this.bus = bus;
        this.topics = topics;
        this.thread = thread;
        file.read(properties, "the defaults stand in");
        LimitLog limits = new LimitLog(LOG::warn, () -> counters.orElse(Counters.NONE), 3600, nanos);
        announcer = new Announcer(new HomeDevices(phones, () -> groups, () -> gateways), topics, thread, nanos, limits);
        births = new BirthWatch(thread, nanos, RandomGenerator.getDefault(), announcer::announceAll);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindGateways(Gateways several) {
        gateways = Optional.of(several);
        updatedGateways(several);
    }

    /** Phones may have come to this gateway or left it. */
    void updatedGateways(Gateways several) {
        execute(announcer::ownersChanged);
    }

    void unbindGateways(Gateways gone) {
        gateways = gateways.filter(there -> there != gone);
    }

    /** For tests: groups that there are. */
    void groups(Groups all) {
        groups = Optional.of(all);
    }

    @Activate
    void open() {
        announcer.start(file.now());
        births.listen(topics, new ConfigTopics(file.now().prefix()));
        connection = bus.onConnection(() -> execute(announcer::connected), () -> execute(announcer::disconnected));
    }

    @Modified
    void modified(Map<String, ?> properties) {
        file.read(properties, "the last good settings stay").ifPresent(settings -> {
            births.listen(topics, new ConfigTopics(settings.prefix()));
            execute(() -> announcer.use(settings));
        });
    }

    @Deactivate
    void stop() {
        connection.close();
        births.close();
        Future<?> last = thread.submit(announcer::disconnected);
        try {
            last.get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("what was being read back is left", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            thread.shutdownNow();
        }
    }

    private void execute(Runnable task) {
        thread.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("announcing failed: this is a bug", e);
            }
        });
    }

    @Override
    public void changed(PhoneId phone) {
        announcer.changed(phone.value());
    }

    @Override
    public void gone(PhoneId phone) {
        announcer.gone(phone.value());
    }

    @Override
    public void changed(String group) {
        announcer.changed(group);
    }

    @Override
    public void gone(String group) {
        announcer.gone(group);
    }
}
