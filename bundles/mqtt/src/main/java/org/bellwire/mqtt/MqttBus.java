package org.bellwire.mqtt;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.random.RandomGenerator;
import org.bellwire.api.CfgException;
import org.bellwire.api.Message;
import org.bellwire.api.port.Bus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bus, over one connection to the broker that the file {@code org.bellwire.mqtt.cfg} names. */
@Component(configurationPid = "org.bellwire.mqtt", immediate = true)
public final class MqttBus implements Bus {

    private static final Logger log = LoggerFactory.getLogger(MqttBus.class);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(2, MqttBus::timerThread);
    private final Publisher publisher = new Publisher(timer);
    private final ConnectionLoop loop;

    @Activate
    public MqttBus(Map<String, ?> properties) {
        this(properties, new Backoff(RandomGenerator.getDefault()));
    }

    MqttBus(Map<String, ?> properties, Backoff backoff) {
        timer.setRemoveOnCancelPolicy(true);
        Optional<Settings> settings = read(properties, "there is no connection to a broker until this is right");
        loop = new ConnectionLoop(settings, publisher, timer, backoff);
        loop.start();
    }

    @Modified
    void modified(Map<String, ?> properties) {
        read(properties, "the last good settings stay").ifPresent(loop::use);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        try {
            loop.stop();
        } finally {
            timer.shutdownNow();
        }
    }

    @Override
    public CompletionStage<Void> publish(Message message) {
        return publisher.publish(message);
    }

    @Override
    public boolean isConnected() {
        return publisher.isConnected();
    }

    @Override
    public Subscription subscribe(Subscriber subscriber) {
        return loop.subscriptions().add(subscriber);
    }

    private static Optional<Settings> read(Map<String, ?> properties, String consequence) {
        try {
            return Optional.of(Settings.of(properties, System.getProperty("karaf.name", "root")));
        } catch (CfgException e) {
            log.warn("{}; {}", e.getMessage(), consequence);
            return Optional.empty();
        }
    }

    private static Thread timerThread(Runnable task) {
        Thread thread = new Thread(task, "bellwire-mqtt-timer");
        thread.setDaemon(true);
        return thread;
    }
}
