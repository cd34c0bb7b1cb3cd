package org.bellwire.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Subscribes to all events, with a session that outlives the broker's restarts, and enters what arrives into a ledger. */
final class TopicSubscriber implements MqttCallback, AutoCloseable {

    private static final String TICKET = "\"ticket\":\"";

    private final MqttClient client;
    private volatile Optional<Ledger> ledger = Optional.empty();

    TopicSubscriber(String broker) {
        try {
            client = new MqttClient(broker, "bench-ear", new MemoryPersistence());
            client.setCallback(this);
            MqttConnectOptions options = new MqttConnectOptions();
            options.setCleanSession(false);
            options.setAutomaticReconnect(true);
            options.setMaxReconnectDelay(1000);
            client.connect(options);
            client.subscribe(new String[] {"bellwire/+/event/+", "bellwire/+/late/+"}, new int[] {1, 1});
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on arrivals count for this load. */
    void listenFor(Ledger next) {
        ledger = Optional.of(next);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        long now = System.nanoTime();
        String payload = new String(message.getPayload(), ISO_8859_1);
        int begin = payload.lastIndexOf(TICKET) + TICKET.length();
        int dash = payload.indexOf('-', begin);
        int end = payload.indexOf('"', begin);
        if (begin >= TICKET.length() && ledger.isPresent()) {
            int run = Integer.parseInt(payload, begin, dash, 10);
            int number = Integer.parseInt(payload, dash + 1, end, 10);
            Ledger.Way way = topic.contains("/late/") ? Ledger.Way.LATE : Ledger.Way.IN_TIME;
            ledger.get().arrived(run, number, way, message.isDuplicate(), now);
        }
    }

    @Override
    public void connectionLost(Throwable cause) {
        // Paho connects again by itself.
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // Publishes nothing.
    }

    @Override
    public void close() {
        try {
            client.disconnectForcibly(100, 100);
            client.close(true);
        } catch (MqttException e) {
            // The broker may be gone; so is the client.
        }
    }
}
