package org.bellwire.mqtt;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.EventMessage;
import org.bellwire.api.Message;
import org.bellwire.api.runtime.LimitLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way out. Messages go through the window of the connection that stands, or fail at once. */
final class Publisher {

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private static final String NOT_CONNECTED = "there is no connection to the broker";
    private static final int SWEEP_MS = 100;

    private final ScheduledExecutorService timer;
    private final Window.Rules rules;
    private volatile Window window = Window.closed(NOT_CONNECTED);
    private volatile Runnable opened = () -> {};

    Publisher(ScheduledExecutorService timer, LimitLog limits, Waits waits) {
        this.timer = timer;
        rules = new Window.Rules(
                new FatalMessages(System::nanoTime, limits),
                limits,
                waits.acknowledgement().toNanos());
    }

    /** Hears, on the connection's thread, that there is a new window. */
    void onOpen(Runnable listener) {
        opened = listener;
    }

    /** The window of the connection that stands, or a closed one. */
    Window window() {
        return window;
    }

    CompletionStage<Void> publish(Message message) {
        return window.offer(message);
    }

    /** The broker would close the connection over it. */
    boolean isHopeless(EventMessage event) {
        return rules.fatal().contains(event);
    }

    /** There is another broker, or other rights there: what the last one did not take is tried again. */
    void forgetFatalMessages() {
        rules.fatal().forget();
    }

    boolean isConnected() {
        return window.isOpen();
    }

    /** Opens the way over a new connection. The first message says that we are online. */
    Session open(Wire wire) {
        Window fresh = new Window(wire, System::nanoTime, rules);
        Future<?> sweeping =
                timer.scheduleWithFixedDelay(() -> sweep(fresh), SWEEP_MS, SWEEP_MS, TimeUnit.MILLISECONDS);
        fresh.offer(BridgeStatus.ONLINE);
        window = fresh;
        opened.run();
        return new Session(fresh, wire, sweeping);
    }

    private static void sweep(Window window) {
        try {
            window.sweep();
        } catch (RuntimeException | Error e) {
            log.error(
                    "looking for unanswered messages failed: this is a bug; trying again",
                    e); // else it would be the last time
        }
    }

    /** The way over one connection. */
    final class Session implements AutoCloseable {
        private final Window own;
        private final Wire wire;
        private final Future<?> sweeping;

        private Session(Window own, Wire wire, Future<?> sweeping) {
            this.own = own;
            this.wire = wire;
            this.sweeping = sweeping;
        }

        /** Takes nothing more, and says after all that waits that we are offline. Done when that is acknowledged, or failed. */
        CompletionStage<Void> farewell() {
            window = Window.closed(NOT_CONNECTED);
            return own.offer(BridgeStatus.OFFLINE);
        }

        @Override
        public void close() {
            own.close("the connection to the broker was lost", wire.isHungUp());
            window = Window.closed(NOT_CONNECTED);
            sweeping.cancel(false);
        }
    }
}
