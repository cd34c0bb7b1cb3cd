package org.bellwire.mqtt;

import java.nio.charset.StandardCharsets;
import org.bellwire.api.Topic;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in what a subscriber may see: nothing kept, repeated, empty or huge, and no topic that cannot be ours. */
final class Inbox {

    static final int MAX_BYTES = 8 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    private final Subscriptions subscriptions;

    Inbox(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** @param path the topic below the root */
    void arrived(String path, MqttMessage message) {
        byte[] payload = message.getPayload();
        if (message.isRetained() || message.isDuplicate() || payload.length == 0) {
            log.debug("Dropped a message on {}: it is retained, repeated or empty", path);
            return;
        }
        if (payload.length > MAX_BYTES) {
            log.debug("Dropped a message on {}: {} bytes are more than {}", path, payload.length, MAX_BYTES);
            return;
        }
        Topic topic;
        try {
            topic = new Topic(path);
        } catch (IllegalArgumentException e) {
            log.debug("Dropped a message on {}: {}", path, e.getMessage());
            return;
        }
        subscriptions.arrived(topic, new String(payload, StandardCharsets.UTF_8));
    }
}
