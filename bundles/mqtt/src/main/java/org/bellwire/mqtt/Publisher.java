package org.bellwire.mqtt;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.Message;
import org.bellwire.api.Topic;

/** The way out. Messages go through the window of the connection that stands, or fail at once. */
final class Publisher {

    static final Message ONLINE = Message.retained(Topic.of("bridge", "status"), "online");
    static final Message OFFLINE = Message.retained(Topic.of("bridge", "status"), "offline");

    private static final String NOT_CONNECTED = "there is no connection to the broker";
    private static final int SWEEP_MS = 100;

    private final ScheduledExecutorService timer;
    private volatile Window window = Window.closed(NOT_CONNECTED);
    private volatile Runnable opened = () -> {};

    Publisher(ScheduledExecutorService timer) {
        this.timer = timer;
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

    boolean isConnected() {
        return window.isOpen();
    }

    /** Opens the way over a new connection. The first message says that we are online. */
    Session open(Wire wire) {
        Window fresh = new Window(wire, System::nanoTime);
        Future<?> sweeping = timer.scheduleWithFixedDelay(fresh::sweep, SWEEP_MS, SWEEP_MS, TimeUnit.MILLISECONDS);
        fresh.offer(ONLINE);
        window = fresh;
        opened.run();
        return new Session(fresh, sweeping);
    }

    /** The way over one connection. */
    final class Session implements AutoCloseable {
        private final Window own;
        private final Future<?> sweeping;

        private Session(Window own, Future<?> sweeping) {
            this.own = own;
            this.sweeping = sweeping;
        }

        /** Takes nothing more, and says after all that waits that we are offline. Done when that is acknowledged, or failed. */
        CompletionStage<Void> farewell() {
            window = Window.closed(NOT_CONNECTED);
            return own.offer(OFFLINE);
        }

        @Override
        public void close() {
            own.close("the connection to the broker was lost");
            window = Window.closed(NOT_CONNECTED);
            sweeping.cancel(false);
        }
    }
}
