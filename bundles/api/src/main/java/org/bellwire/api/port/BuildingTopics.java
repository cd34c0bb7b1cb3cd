package org.bellwire.api.port;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Topics of the building that need not stand below Bellwire's root, such as {@code homeassistant/status} or a door station's
 * button. Implemented by mqtt, over the same connection as {@link Bus}. Nothing here blocks.
 */
@ProviderType
public interface BuildingTopics {

    /** The topic that everything of Bellwire stands below, such as {@code bellwire}. */
    String root();

    /**
     * Publishes at QoS 1, in the order of the calls and of those to {@link Bus#publish}. Completes when the broker has
     * acknowledged; completes exceptionally with {@link Bus.Undelivered} as there.
     *
     * @param topic whole, without wildcards
     * @param payload at most 128 KiB of UTF-8; empty and retained: removes what the broker keeps
     */
    CompletionStage<Void> publish(String topic, String payload, boolean retained);

    /** Subscribes from now on, over every reconnect, until closed. */
    Bus.Subscription listen(Listener listener);

    /** Called on the MQTT client's own thread: must not block and must not throw. */
    @ConsumerType
    interface Listener {
        /** A whole filter, such as {@code zigbee2mqtt/+/action}. */
        String filter();

        /** The quality of service to subscribe with: 1, or 0 for a lot that the broker keeps and that need not come whole. */
        default int qos() {
            return 1;
        }

        /** The connection stands and the filter is subscribed; what the broker keeps comes now. Also called at once if so. */
        default void connected() {
            // Most only wait for messages.
        }

        /** The connection is gone. */
        default void disconnected() {
            // Most only wait for messages.
        }

        /** A message of at most 64 KiB, topic and payload together; longer ones do not come. */
        void arrived(Arrival arrival);
    }

    /**
     * A message.
     *
     * @param retained the broker kept it: it says how things stand, not that something happens now
     * @param repeated the broker may have delivered it before
     */
    record Arrival(String topic, String payload, boolean retained, boolean repeated) {}
}
