package org.bellwire.mqtt;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.random.RandomGenerator;
import org.bellwire.api.EventMessage;
import org.bellwire.api.Message;
import org.bellwire.api.config.LastGoodSettings;
import org.bellwire.api.port.AckTimes;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.port.Bus;
import org.bellwire.api.port.BusStatistics;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.mqtt.connection.Backoff;
import org.bellwire.mqtt.connection.ClientId;
import org.bellwire.mqtt.connection.ConnectionLoop;
import org.bellwire.mqtt.connection.MqttSettings;
import org.bellwire.mqtt.publish.AnswerTimeouts;
import org.bellwire.mqtt.publish.Publisher;
import org.bellwire.mqtt.spool.EventDelivery;
import org.bellwire.mqtt.spool.EventStore;
import org.bellwire.mqtt.spool.MvEventStore;
import org.bellwire.mqtt.spool.Spool;
import org.bellwire.mqtt.spool.SpoolClock;
import org.bellwire.mqtt.spool.SpoolSettings;
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
 * The bus, over one connection to the broker that the file {@code org.bellwire.mqtt.cfg} names, with a spool for events as the
 * file {@code org.bellwire.spool.cfg} says.
 */
@Component(
        configurationPid = {"org.bellwire.mqtt", "org.bellwire.spool"},
        immediate = true)
public final class MqttBus implements Bus, BuildingTopics {

    private static final Logger log = LoggerFactory.getLogger(MqttBus.class);

    /** Core comes right after the bus: what was commanded between "online" and its subscription would be lost without a word. */
    private static final Duration FIRST_SUBSCRIBER = Duration.ofSeconds(5);

    /** Who counts now, if somebody does. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Optional<Counters> counters = Optional.empty();

    private final LimitLog limits = new LimitLog(log::warn, this::counters, 600, System::nanoTime);
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(2, DaemonThreads.named("bellwire-mqtt-timer"));
    private final LastGoodSettings<Optional<MqttSettings>> connectionFile =
            new LastGoodSettings<>(Optional.empty(), properties -> Optional.of(connection(properties)), log::warn);
    private final LastGoodSettings<SpoolSettings> spoolFile =
            new LastGoodSettings<>(SpoolSettings.of(Map.of()), SpoolSettings::of, log::warn);
    private final Publisher publisher;
    private final EventDelivery delivery;
    private final Spool spool;
    private final ConnectionLoop loop;
    private final Duration firstSubscriber;

    @Activate
    public MqttBus(Map<String, ?> properties) {
        this(properties, new Backoff(RandomGenerator.getDefault()), AnswerTimeouts.DEFAULT, FIRST_SUBSCRIBER);
    }

    MqttBus(Map<String, ?> properties, Backoff backoff, AnswerTimeouts waits) {
        this(properties, backoff, waits, Duration.ZERO);
    }

    /** @param firstSubscriber how long the first connection waits for somebody who takes commands */
    MqttBus(Map<String, ?> properties, Backoff backoff, AnswerTimeouts waits, Duration firstSubscriber) {
        this.firstSubscriber = firstSubscriber;
        publisher = new Publisher(timer, limits, waits);
        timer.setRemoveOnCancelPolicy(true);
        spoolFile.read(properties, "the defaults stand in");
        SpoolSettings spoolSettings = spoolFile.now();
        SpoolClock times = SpoolClock.SYSTEM;
        EventStore store = new MvEventStore(spoolSettings.dir(), times.clock());
        delivery = new EventDelivery(publisher, spoolSettings, store.exists(), times, limits);
        spool = new Spool(delivery, store, times.nanos());
        publisher.onOpen(delivery::wake);
        connectionFile.read(properties, "there is no connection to a broker until this is right");
        loop = new ConnectionLoop(
                connectionFile.now(), publisher, timer, new ConnectionLoop.Manner(backoff, waits, limits));
    }

    /** Starts the threads of the spool and of the connection. */
    @Activate
    void open() {
        spool.start();
        loop.start(firstSubscriber);
    }

    @Modified
    void modified(Map<String, ?> properties) {
        connectionFile
                .read(properties, "the last good settings stay")
                .flatMap(right -> right)
                .ifPresent(loop::use);
        spoolFile.read(properties, "the last good settings stay").ifPresent(delivery::use);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        try {
            loop.stop();
        } finally {
            spool.stop();
            timer.shutdownNow();
        }
    }

    @Override
    public CompletionStage<Void> publish(Message message) {
        return publisher.publish(message);
    }

    @Override
    public CompletionStage<Void> publishPatiently(Message message) {
        return publisher.window().offerPatiently(message);
    }

    @Override
    public CompletionStage<Void> deliver(EventMessage event) {
        return delivery.deliver(event);
    }

    @Override
    public BusStatistics statistics() {
        return delivery.statistics();
    }

    @Override
    public AckTimes ackTimes() {
        return delivery.ackTimes();
    }

    @Override
    public boolean isConnected() {
        return publisher.isConnected();
    }

    @Override
    public String clientId() {
        return loop.clientId().orElseGet(MqttBus::usualClientId);
    }

    @Override
    public Subscription onConnection(Runnable connected, Runnable disconnected) {
        return loop.subscriptions().watch(connected, disconnected);
    }

    @Override
    public Subscription subscribe(Subscriber subscriber) {
        return loop.subscriptions().add(subscriber);
    }

    @Override
    public String root() {
        return loop.root().orElse(MqttSettings.USUAL_ROOT);
    }

    @Override
    public CompletionStage<Void> publish(String topic, String payload, boolean retained) {
        return publisher.publish(topic, payload, retained);
    }

    @Override
    public Subscription listen(Listener listener) {
        return loop.subscriptions().addAnywhere(listener);
    }

    private Counters counters() {
        return counters.orElse(Counters.NONE);
    }

    private static MqttSettings connection(Map<String, ?> properties) {
        return MqttSettings.of(properties, usualClientId());
    }

    private static String usualClientId() {
        return ClientId.ofThisHost(System.getProperty("karaf.name", "root"));
    }
}
