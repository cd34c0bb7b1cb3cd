package org.bellwire.mqtt.connection;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.bellwire.api.Topic;
import org.bellwire.api.port.BuildingTopics;
import org.bellwire.api.runtime.LogText;
import org.bellwire.api.runtime.LogThrottle;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which incoming messages reach a subscriber: none that is retained, repeated, empty or too large, of which it hears
 * only that it came, and none on a topic that cannot be Bellwire's. On the thread of Paho's client only.
 */
final class IncomingFilter {

    static final int MAX_BYTES = 8 * 1024;

    /** The broker says at each connect what it keeps: that must not flood a log. */
    static final int MAX_KEPT = 100;

    private static final int MAX_SHOWN = 200;

    private static final Logger log = LoggerFactory.getLogger(IncomingFilter.class);

    private final Subscriptions subscriptions;
    private final Set<Topic> kept = new HashSet<>();
    private final LogThrottle strange = new LogThrottle(60, System::nanoTime);
    private boolean silent;

    IncomingFilter(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** A message on whatever topic, for those who asked for it. */
    void arrivedAnywhere(String topic, MqttMessage message) {
        if (subscriptions.wantsAnywhere(topic)) {
            String payload = new String(message.getPayload(), StandardCharsets.UTF_8);
            BuildingTopics.Arrival arrival =
                    new BuildingTopics.Arrival(topic, payload, message.isRetained(), message.isDuplicate());
            subscriptions.arrivedAnywhere(arrival);
        }
    }

    /** A message on a topic that does not stand below the gateway's own root, but maybe below that of a site. */
    void arrivedAtSite(String topic, MqttMessage message) {
        Optional<String> root = subscriptions.rootOf(topic);
        if (root.isPresent()) {
            arrived(root.get(), topic.substring(root.get().length() + 1), message);
        }
    }

    /**
     * A message below a root.
     *
     * @param root as a {@link Topic} has it
     * @param path the topic below the root
     */
    void arrived(String root, String path, MqttMessage message) {
        Topic topic;
        try {
            topic = new Topic(root, path);
        } catch (IllegalArgumentException e) {
            strange(path);
            return;
        }
        if (message.isRetained()) {
            keptByBroker(topic);
        } else if (message.isDuplicate()) {
            subscriptions.dropped(topic, "repeated");
        } else if (message.getPayload().length == 0) {
            subscriptions.dropped(topic, "empty");
        } else if (message.getPayload().length > MAX_BYTES) {
            subscriptions.dropped(topic, "longer than " + MAX_BYTES + " bytes");
        } else {
            subscriptions.arrived(topic, new String(message.getPayload(), StandardCharsets.UTF_8));
        }
    }

    /** A result has no place there: answers go to topics that can be a phone's only. */
    private void strange(String path) {
        strange.next()
                .ifPresent(left -> log.warn(
                        "Dropped a message on {}: ids of phones and names of commands are 1 to 64 of a-z 0-9 _ -, in small"
                                + " letters; {} more since the last such line",
                        LogText.clean(path, MAX_SHOWN),
                        left));
    }

    private void keptByBroker(Topic topic) {
        if (kept.contains(topic)) {
            return;
        }
        if (kept.size() < MAX_KEPT) {
            kept.add(topic);
            subscriptions.dropped(topic, "retained");
        } else if (!silent) {
            silent = true;
            log.warn(
                    "The MQTT broker keeps retained messages on more than {} topics, {} too, where only fresh ones count:"
                            + " publish commands without 'retain', and clear what is kept; the rest is dropped without a word",
                    MAX_KEPT,
                    topic);
        }
    }
}
