package org.bellwire.api.port;

import java.util.concurrent.CompletionStage;
import org.bellwire.api.EventMessage;
import org.bellwire.api.Message;
import org.bellwire.api.Topic;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** The building's MQTT broker. Implemented by mqtt, used by core. Nothing here blocks. */
@ProviderType
public interface Bus {

    /**
     * Publishes at QoS 1, in the order of the calls. Completes when the broker has acknowledged; completes exceptionally with
     * {@link Undelivered} at once when there is no connection or too much is waiting, else after 2 s without an answer.
     */
    CompletionStage<Void> publish(Message message);

    /**
     * As {@link #publish}, but without the limit of 2 s: once accepted, a message fails only when the connection is lost, and all behind
     * it do, too. For messages of which none may overtake another.
     */
    CompletionStage<Void> publishPatiently(Message message);

    /**
     * Takes charge of an event. Completes when it is safe; completes exceptionally with {@link Undelivered} when that cannot
     * be promised.
     */
    CompletionStage<Void> deliver(EventMessage event);

    boolean isConnected();

    /** Under which name the broker knows this gateway: no other connection has it. */
    default String clientId() {
        return "gateway";
    }

    /** What was promised and what became of it. */
    BusStatistics statistics();

    /** How long the broker took for events. */
    default AckTimes ackTimes() {
        return AckTimes.NONE;
    }

    /**
     * Tells of every connection from now on, and of its end. The first also at once if there is a connection already. Called on
     * the client's own thread: must not block and must not throw.
     */
    Subscription onConnection(Runnable connected, Runnable disconnected);

    /** Subscribes from now on, over every reconnect, until closed. */
    Subscription subscribe(Subscriber subscriber);

    /** Ends a subscription. */
    @ProviderType
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Called on the client's own thread: must not block and must not throw. */
    @ConsumerType
    interface Subscriber {
        /** A filter below {@link #root}, such as {@code +/command/+}. */
        String filter();

        /** The root topic of the filter, as a {@link Topic} has it. */
        default String root() {
            return "";
        }

        /** The connection stands and the filter is subscribed. Also called at once if it does already. */
        void connected();

        /** The connection is gone. */
        void disconnected();

        /** Not called for retained messages and empty payloads. */
        void arrived(Topic topic, String payload);

        /**
         * Somebody published to a topic of the filter, and {@link #arrived} is not called for it. Of what the broker keeps: once
         * for each topic and connection, and for so many topics only that no log is flooded.
         *
         * @param reason such as {@code retained} or {@code empty}; nothing of the payload
         */
        default void dropped(Topic topic, String reason) {
            // Most have nobody to tell.
        }
    }

    /** The broker did not take a message. */
    final class Undelivered extends Exception {
        private static final long serialVersionUID = 1L;

        public Undelivered(String reason) {
            super(reason, null, false, false);
        }
    }
}
