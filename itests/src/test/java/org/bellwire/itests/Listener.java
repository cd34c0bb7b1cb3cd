package org.bellwire.itests;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.IMqttMessageListener;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.MqttSecurityException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Somebody else at the broker: hears everything below {@code bellwire} and can publish. */
final class Listener implements AutoCloseable {

    private final MqttClient ear;
    private final MqttClient mouth;
    private final List<ReceivedMessage> heard = new CopyOnWriteArrayList<>();

    /** Two connections: Nagle's algorithm would hold back what is said behind the acknowledgement of what was heard. */
    private Listener(MqttClient ear, MqttClient mouth) {
        this.ear = ear;
        this.mouth = mouth;
    }

    static Listener at(Mosquitto broker) {
        return at(broker, "bellwire/#");
    }

    /** One who does not hear everything: that may be much. */
    static Listener at(Mosquitto broker, String filter) {
        return new Listener(connected(broker, new MqttConnectOptions()), connected(broker, new MqttConnectOptions()))
                .hearsAlso(filter);
    }

    /** One who logs in as a user with this user's {@link #password}. */
    static Listener as(Mosquitto broker, String user, String filter) {
        MqttConnectOptions options = options(user, password(user));
        return new Listener(connected(broker, options), connected(broker, options)).hearsAlso(filter);
    }

    /** The password that a test gives to a user. */
    static String password(String user) {
        return "secret-of-" + user;
    }

    /** No user: nobody. */
    static boolean mayLogIn(Mosquitto broker, String user, String password) {
        try {
            MqttClient client = connect(broker, user.isEmpty() ? new MqttConnectOptions() : options(user, password));
            client.disconnectForcibly(200, 200);
            client.close(true);
            return true;
        } catch (MqttSecurityException e) {
            return false;
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MqttConnectOptions options(String user, String password) {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName(user);
        options.setPassword(password.toCharArray());
        return options;
    }

    private static MqttClient connected(Mosquitto broker, MqttConnectOptions options) {
        try {
            return connect(broker, options);
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MqttClient connect(Mosquitto broker, MqttConnectOptions options) throws MqttException {
        MqttClient client = new MqttClient(broker.url(), "test-" + UUID.randomUUID(), new MemoryPersistence());
        client.setTimeToWait(10_000);
        client.connect(options);
        return client;
    }

    Listener hearsAlso(String filter) {
        try {
            ear.subscribe(filter, 1, hearing());
            return this;
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }

    private IMqttMessageListener hearing() {
        return (topic, message) -> heard.add(new ReceivedMessage(
                topic,
                new String(message.getPayload(), StandardCharsets.UTF_8),
                message.isRetained(),
                System.nanoTime()));
    }

    void publish(String topic, String payload) {
        publish(topic, payload, false);
    }

    void publish(String topic, String payload, boolean retained) {
        MqttMessage message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8));
        message.setQos(1);
        message.setRetained(retained);
        try {
            mouth.publish(topic, message);
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Commands a phone. */
    void command(String phone, String command, String payload) {
        publish("bellwire/" + phone + "/command/" + command, payload);
    }

    /** Commands a phone and waits for the first result. */
    ReceivedMessage commanded(String phone, String command, String payload) {
        int mark = mark();
        command(phone, command, payload);
        return after(mark).first("bellwire/" + phone + "/result/" + command, any -> true);
    }

    Stream<ReceivedMessage> all(String topic) {
        return heard.stream().filter(h -> h.topic().equals(topic));
    }

    List<ReceivedMessage> everything() {
        return List.copyOf(heard);
    }

    /** The newest payload of a topic. */
    Optional<String> newest(String topic) {
        return all(topic).reduce((first, second) -> second).map(ReceivedMessage::payload);
    }

    /** Waits until the newest payload of a topic is this one. */
    void hears(String topic, String payload) {
        hears(topic, payload, Waits.USUAL);
    }

    void hears(String topic, String payload, Duration atMost) {
        Waits.atMost(atMost, topic + " = " + payload)
                .until(() -> newest(topic).filter(payload::equals).isPresent());
    }

    /** Waits for the first message of a topic. */
    ReceivedMessage first(String topic) {
        return after(0).first(topic, any -> true);
    }

    /** What came so far does not count. */
    int mark() {
        return heard.size();
    }

    Since after(int mark) {
        return new Since(mark);
    }

    @Override
    public void close() {
        for (MqttClient client : List.of(ear, mouth)) {
            try {
                client.disconnectForcibly(200, 200);
                client.close(true);
            } catch (MqttException e) {
                // The broker may be gone; the client is, too.
            }
        }
    }

    /** What came after a mark. */
    final class Since {
        private final int mark;

        private Since(int mark) {
            this.mark = mark;
        }

        List<ReceivedMessage> all(String topic) {
            return List.copyOf(heard).stream()
                    .skip(mark)
                    .filter(h -> h.topic().equals(topic))
                    .toList();
        }

        /** Waits for the first message of a topic that is as wanted. */
        ReceivedMessage first(String topic, Predicate<ReceivedMessage> wanted) {
            Waits.until("a message on " + topic, () -> all(topic).stream().anyMatch(wanted));
            return all(topic).stream().filter(wanted).findFirst().orElseThrow();
        }
    }
}
