package org.bellwire.itests;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Commands many phones at once: at QoS 1, without waiting for the acknowledgement of one before the next. */
final class Burst {

    private static final int PATIENCE_MS = 10_000;

    private Burst() {}

    static void of(int commands, Mosquitto broker, List<PhoneFile> phones) {
        try (MqttAsyncClient client =
                new MqttAsyncClient(broker.url(), "burst-" + UUID.randomUUID(), new MemoryPersistence())) {
            MqttConnectOptions options = new MqttConnectOptions();
            options.setMaxInflight(commands);
            client.connect(options).waitForCompletion(PATIENCE_MS);
            List<IMqttDeliveryToken> tokens = new ArrayList<>();
            for (int i = 0; i < commands; i++) {
                String phone = phones.get(i % phones.size()).id();
                byte[] payload =
                        "{\"number\":\"42\",\"id\":\"burst-%d\"}".formatted(i).getBytes(StandardCharsets.UTF_8);
                tokens.add(client.publish("bellwire/" + phone + "/command/dial", payload, 1, false));
            }
            for (IMqttDeliveryToken token : tokens) {
                token.waitForCompletion(PATIENCE_MS);
            }
            client.disconnect().waitForCompletion(PATIENCE_MS);
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }
}
