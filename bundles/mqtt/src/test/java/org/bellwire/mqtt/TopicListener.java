package org.bellwire.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttMessageListener;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Somebody else at the broker: hears all below a filter and says what rules say. */
final class TopicListener implements AutoCloseable {

    /** A message as it came. */
    record Heard(String topic, String payload, boolean retained) {}

    private final MqttClient client;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    private TopicListener(String url, String name, MqttConnectOptions options) throws MqttException {
        client = new MqttClient(url, name, new MemoryPersistence());
        client.setTimeToWait(10_000);
        options.setMaxInflight(60_000);
        client.connect(options);
    }

    static TopicListener at(Mosquitto broker) throws MqttException {
        return new TopicListener(broker.url(), "listener-" + System.nanoTime(), new MqttConnectOptions());
    }

    TopicListener hear(String filter) throws MqttException {
        return hear(
                filter,
                (topic, message) -> heard.add(new Heard(
                        topic, new String(message.getPayload(), StandardCharsets.UTF_8), message.isRetained())));
    }

    TopicListener hear(String filter, IMqttMessageListener listener) throws MqttException {
        client.subscribe(filter, 1, listener);
        return this;
    }

    List<Heard> heard() {
        return List.copyOf(heard);
    }

    List<String> payloads() {
        return heard.stream().map(Heard::payload).toList();
    }

    void say(String topic, String payload, boolean retained) throws MqttException {
        say(topic, payload.getBytes(StandardCharsets.UTF_8), retained);
    }

    void say(String topic, byte[] payload, boolean retained) throws MqttException {
        client.publish(topic, payload, 1, retained);
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 1000);
        client.close(true);
    }
}
