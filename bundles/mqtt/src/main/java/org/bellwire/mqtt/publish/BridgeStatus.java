package org.bellwire.mqtt.publish;

import org.bellwire.api.Message;
import org.bellwire.api.Topic;

/** What {@code bridge/status} says: the first message of each connection, and its will. */
public final class BridgeStatus {

    private static final Topic TOPIC = Topic.of("bridge", "status");

    static final Message ONLINE = Message.retained(TOPIC, "online");
    public static final Message OFFLINE = Message.retained(TOPIC, "offline");

    private BridgeStatus() {}
}
