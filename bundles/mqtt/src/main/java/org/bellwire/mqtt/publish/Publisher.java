package org.bellwire.mqtt.publish;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.EventMessage;
import org.bellwire.api.Message;
import org.bellwire.api.port.LimitLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes messages through the window of the present connection, or fails at once where there is none. */
public final class Publisher {

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private static final String NOT_CONNECTED = "there is no connection to the broker";
    private static final int SWEEP_MS = 100;

    private final ScheduledExecutorService timer;
    private final WindowRules rules;
    private volatile PublishWindow window = PublishWindow.closed(NOT_CONNECTED);
    private volatile Runnable opened = () -> {};

    public Publisher(ScheduledExecutorService timer, LimitLog limits, AnswerTimeouts waits) {
        this.timer = timer;
        rules = new WindowRules(
                new RefusedMessageSearch(System::nanoTime, limits),
                limits,
                waits.acknowledgement().toNanos());
    }

    /** Hears, on the connection's thread, that there is a new window. */
    public void onOpen(Runnable listener) {
        opened = listener;
    }

    /** The window of the connection that stands, or a closed one. */
    public PublishWindow window() {
        return window;
    }

    public CompletionStage<Void> publish(Message message) {
        return window.offer(message);
    }

    /** To a topic that does not stand below the root. */
    public CompletionStage<Void> publish(String topic, String payload, boolean retained) {
        return window.offer(topic, payload, retained);
    }

    /** The broker would close the connection over it. */
    public boolean isHopeless(EventMessage event) {
        return rules.fatal().contains(event);
    }

    /** There is another broker, or other rights there: what the last one did not take is tried again. */
    public void forgetFatalMessages() {
        rules.fatal().forget();
    }

    public boolean isConnected() {
        return window.isOpen();
    }

    /** Opens the way over a new connection. The first message says that we are online. */
    public Session open(PublishChannel wire) {
        PublishWindow fresh = new PublishWindow(wire, System::nanoTime, rules);
        Future<?> sweeping =
                timer.scheduleWithFixedDelay(() -> sweep(fresh), SWEEP_MS, SWEEP_MS, TimeUnit.MILLISECONDS);
        fresh.offer(BridgeStatus.ONLINE);
        window = fresh;
        opened.run();
        return new Session(fresh, wire, sweeping);
    }

    private static void sweep(PublishWindow window) {
        try {
            window.sweep();
        } catch (RuntimeException | Error e) {
            log.error(
                    "looking for unanswered messages failed: this is a bug; trying again",
                    e); // else it would be the last time
        }
    }

    /** The way over one connection. */
    public final class Session implements AutoCloseable {
        private final PublishWindow own;
        private final PublishChannel wire;
        private final Future<?> sweeping;

        private Session(PublishWindow own, PublishChannel wire, Future<?> sweeping) {
            this.own = own;
            this.wire = wire;
            this.sweeping = sweeping;
        }

        /** Takes nothing more, and says after all that waits that we are offline. Done when that is acknowledged, or failed. */
        public CompletionStage<Void> farewell() {
            window = PublishWindow.closed(NOT_CONNECTED);
            return own.offer(BridgeStatus.OFFLINE);
        }

        @Override
        public void close() {
            own.close("the connection to the broker was lost", wire.isHungUp());
            window = PublishWindow.closed(NOT_CONNECTED);
            sweeping.cancel(false);
        }
    }
}
