package org.bellwire.mqtt.connection;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.bellwire.api.runtime.DaemonThreads;
import org.bellwire.mqtt.publish.AnswerTimeouts;
import org.bellwire.mqtt.publish.Publisher;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that connects, subscribes, watches, disconnects and tries again. All its waits are bounded and end early when
 * the settings change or it is told to stop.
 */
public final class ConnectionLoop {

    private static final Logger log = LoggerFactory.getLogger(ConnectionLoop.class);
    private static final int STOP_S = 9;
    /** A connection that held for so long was a good one: the next try comes soon. */
    private static final long GOOD = TimeUnit.SECONDS.toNanos(15);

    private final Publisher publisher;
    private final ScheduledExecutorService timer;
    private final Backoff backoff;
    private final AnswerTimeouts waits;
    private final LimitLog limits;
    private final ConnectionLog health = new ConnectionLog();
    private final Semaphore signal = new Semaphore(0);
    private final Subscriptions subscriptions = new Subscriptions(signal::release);
    private final Thread thread = DaemonThreads.of("bellwire-mqtt", this::run);
    private volatile Optional<MqttSettings> settings;
    private volatile boolean stopping;
    private volatile Duration firstSubscriber = Duration.ZERO;

    /** How to go about it, whatever the settings. */
    public record Manner(Backoff backoff, AnswerTimeouts waits, LimitLog limits) {}

    /** @param settings empty: stay disconnected until there are some */
    public ConnectionLoop(
            Optional<MqttSettings> settings, Publisher publisher, ScheduledExecutorService timer, Manner manner) {
        this.settings = settings;
        this.publisher = publisher;
        this.timer = timer;
        backoff = manner.backoff();
        waits = manner.waits();
        limits = manner.limits();
    }

    /** The name at the broker; empty until there are settings. */
    public Optional<String> clientId() {
        return settings.map(MqttSettings::clientId);
    }

    /** The root topic; empty until there are settings. */
    public Optional<String> root() {
        return settings.map(MqttSettings::root);
    }

    public Subscriptions subscriptions() {
        return subscriptions;
    }

    /**
     * Starts to connect.
     *
     * @param firstSubscriber how long to wait for the first subscriber below the root before that
     */
    public void start(Duration firstSubscriber) {
        this.firstSubscriber = firstSubscriber;
        thread.start();
    }

    /** Leaves the broker and connects with other settings; the same settings change nothing. */
    public void use(MqttSettings next) {
        if (!settings.equals(Optional.of(next))) {
            publisher.forgetFatalMessages();
        }
        settings = Optional.of(next);
        signal.release();
    }

    /** Leaves the broker and ends; takes at most 9 s. */
    public void stop() throws InterruptedException {
        stopping = true;
        signal.release();
        thread.join(TimeUnit.SECONDS.toMillis(STOP_S));
        thread.interrupt();
    }

    private void run() {
        try {
            await(() -> stopping || subscriptions.isAwaitedBelowRoot(), firstSubscriber.toNanos());
            while (!stopping) {
                Optional<MqttSettings> current = settings;
                if (current.isEmpty()) {
                    await(() -> stopping || settings.isPresent(), TimeUnit.MINUTES.toNanos(1));
                } else if (session(current.get())) {
                    backoff.reset();
                } else {
                    await(() -> isOver(current.get()), backoff.next());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOver(MqttSettings current) {
        return stopping || !settings.equals(Optional.of(current));
    }

    /** One connection from its beginning to its end. True: it was left on purpose. */
    private boolean session(MqttSettings current) throws InterruptedException {
        try (BrokerConnection connection =
                new BrokerConnection(current, new IncomingFilter(subscriptions), timer, limits)) {
            wakeAfter(connection.lost());
            answer(connection.connect(), waits.connect(), connection, current);
            serve(connection, current);
            health.left(current);
            return true;
        } catch (LeftEarly e) {
            health.left(current);
            return true;
        } catch (ExecutionException e) {
            health.down(current, Optional.ofNullable(e.getCause()).orElse(e));
        } catch (MqttException | IOException | GeneralSecurityException | TimeoutException e) {
            health.down(current, e);
        } catch (RuntimeException | Error e) {
            log.error("{}: {}: this is a bug; trying again", MqttSettings.FILE, current.broker(), e);
        }
        return false;
    }

    private void serve(BrokerConnection connection, MqttSettings current)
            throws MqttException, ExecutionException, TimeoutException, LeftEarly, InterruptedException {
        try {
            subscribe(connection, current);
            long since = System.nanoTime();
            try (Publisher.Session way = publisher.open(connection)) {
                health.up(current);
                untilLeaving(connection, current);
                CompletableFuture<Void> farewell = way.farewell().toCompletableFuture();
                wakeAfter(farewell);
                await(farewell::isDone, waits.farewell().toNanos());
            } finally {
                if (System.nanoTime() - since > GOOD) {
                    backoff.reset();
                }
            }
        } finally {
            subscriptions.lost();
        }
    }

    /** No answer is waited for any longer when it is time to leave; the farewell is said all the same. */
    private void untilLeaving(BrokerConnection connection, MqttSettings current)
            throws MqttException, ExecutionException, TimeoutException, InterruptedException {
        try {
            watch(connection, current);
        } catch (LeftEarly e) {
            log.debug("MQTT broker {}: left while an answer was outstanding", current.broker());
        }
    }

    /** Until it is time to leave; a connection that is lost throws. */
    private void watch(BrokerConnection connection, MqttSettings current)
            throws MqttException, ExecutionException, TimeoutException, LeftEarly, InterruptedException {
        while (!isOver(current)) {
            subscriptions.announce();
            boolean woken = await(
                    () -> isOver(current) || connection.lost().isDone() || subscriptions.hasChanged(),
                    TimeUnit.SECONDS.toNanos(current.keepAlive()));
            if (connection.lost().isDone() || (!woken && !connection.isConnected())) {
                throw new ExecutionException(connection.lost().getNow(new IOException("the connection is gone")));
            }
            if (!isOver(current)) {
                subscribe(connection, current);
            }
        }
    }

    private void subscribe(BrokerConnection connection, MqttSettings current)
            throws MqttException, ExecutionException, TimeoutException, LeftEarly, InterruptedException {
        List<Subscriptions.Filter> missing = subscriptions.missing();
        if (!missing.isEmpty()) {
            List<Boolean> granted = answer(connection.subscribe(missing), waits.answer(), connection, current);
            for (int i = 0; i < missing.size(); i++) {
                subscriptions.answered(missing.get(i), granted.get(i));
            }
        }
        List<Subscriptions.Filter> surplus = subscriptions.surplus();
        if (!surplus.isEmpty()) {
            answer(connection.unsubscribe(surplus), waits.answer(), connection, current);
            surplus.forEach(subscriptions::givenBack);
        }
    }

    private <T> T answer(
            CompletableFuture<T> future, Duration longest, BrokerConnection connection, MqttSettings current)
            throws ExecutionException, TimeoutException, LeftEarly, InterruptedException {
        wakeAfter(future);
        await(() -> future.isDone() || connection.lost().isDone() || isOver(current), longest.toNanos());
        if (future.isDone()) {
            return future.get();
        }
        if (connection.lost().isDone()) {
            throw new ExecutionException(connection.lost().join());
        }
        if (isOver(current)) {
            throw new LeftEarly();
        }
        limits.count(Limit.MQTT_ANSWER_TIME);
        throw new TimeoutException("no answer within " + longest.toSeconds() + " s");
    }

    private void wakeAfter(CompletionStage<?> stage) {
        stage.whenComplete((done, failure) -> signal.release());
    }

    /** Waits until the condition holds, but not for longer than the time given. */
    private boolean await(BooleanSupplier condition, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (!condition.getAsBoolean()) {
            if (!signal.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    /** The settings changed, or it is time to stop, while an answer of the broker was waited for. */
    private static final class LeftEarly extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
