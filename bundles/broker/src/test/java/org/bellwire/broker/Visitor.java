package org.bellwire.broker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A client of the broker: what it gets reads {@code topic=payload, QoS, retained}. */
final class Visitor implements AutoCloseable, MqttCallback {

    private static final String NOTHING = "nothing";

    private final BlockingQueue<String> got = new LinkedBlockingQueue<>();
    private final MqttConnectOptions options = new MqttConnectOptions();
    private final MqttClient client;
    private volatile boolean lost;

    Visitor(int port, String id) throws MqttException {
        client = new MqttClient("tcp://127.0.0.1:" + port, id, new MemoryPersistence());
        client.setTimeToWait(10_000);
        client.setCallback(this);
        options.setMaxInflight(1000);
    }

    Visitor stored() {
        options.setCleanSession(false);
        return this;
    }

    Visitor will(String topic, String payload) {
        options.setWill(topic, payload.getBytes(StandardCharsets.UTF_8), 1, true);
        return this;
    }

    Visitor user(String name, String password) {
        options.setUserName(name);
        options.setPassword(password.toCharArray());
        return this;
    }

    Visitor connect() throws MqttException {
        client.connect(options);
        return this;
    }

    Visitor subscribe(String filter, int qos) throws MqttException {
        client.subscribe(filter, qos);
        return this;
    }

    void unsubscribe(String filter) throws MqttException {
        client.unsubscribe(filter);
    }

    /** Returns once the broker has it at QoS 1 and 2, once it is sent at QoS 0: {@link #all()} waits for the broker. */
    void publish(String topic, String payload, int qos, boolean retained) throws MqttException {
        client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, retained);
    }

    /** Goes without saying goodbye. */
    void vanish() throws MqttException {
        client.disconnectForcibly(0, 10, false);
    }

    String next() throws InterruptedException {
        String message = got.poll(10, TimeUnit.SECONDS);
        return message == null ? NOTHING : message;
    }

    /** All that came before a message that this client now sends to itself, in order. */
    List<String> all() throws MqttException, InterruptedException {
        subscribe("end/" + client.getClientId(), 1);
        publish("end/" + client.getClientId(), "", 1, false);
        List<String> all = new ArrayList<>();
        for (String message = next(); !message.startsWith("end/"); message = next()) {
            if (message.equals(NOTHING)) {
                throw new AssertionError("the end never came; before it: " + all);
            }
            all.add(message);
        }
        return all;
    }

    boolean isLost() {
        return lost;
    }

    boolean isConnected() {
        return client.isConnected();
    }

    @Override
    public void connectionLost(Throwable cause) {
        lost = true;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        String retained = message.isRetained() ? ", retained" : "";
        got.add(topic + "=" + new String(message.getPayload(), StandardCharsets.UTF_8) + ", " + message.getQos()
                + retained);
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnect();
        }
        client.close();
    }
}
