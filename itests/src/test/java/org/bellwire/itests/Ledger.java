package org.bellwire.itests;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Writes down every event of a {@link Load} that arrives. The broker keeps its session, so that a broker that remembers loses it
 * nothing while it restarts.
 */
final class Ledger implements AutoCloseable {

    private static final int AGAIN_MS = 50;

    private final MqttClient client;
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService again = Executors.newSingleThreadScheduledExecutor();

    /**
     * An event as it arrived.
     *
     * @param late on {@code late/}
     * @param happened the time that it names
     */
    record Arrival(String run, String phone, int number, String id, boolean late, Instant happened, Instant came) {

        Duration age() {
            return Duration.between(happened, came);
        }
    }

    private Ledger(MqttClient client) {
        this.client = client;
    }

    static Ledger at(Mosquitto broker) {
        return at(broker, 1);
    }

    /** @param qos 0: the broker's limits for what waits or is under way to a subscriber do not count */
    static Ledger at(Mosquitto broker, int qos) {
        return at(broker.url(), qos);
    }

    /** @param url where Bellwire's broker is, whoever that is */
    static Ledger at(String url, int qos) {
        try {
            MqttClient client = new MqttClient(url, "ledger-" + UUID.randomUUID(), new MemoryPersistence());
            Ledger ledger = new Ledger(client);
            client.setTimeToWait(10_000);
            client.setCallback(ledger.writing());
            MqttConnectOptions options = new MqttConnectOptions();
            options.setCleanSession(false);
            client.connect(options);
            client.subscribe(new String[] {"bellwire/+/event/+", "bellwire/+/late/+"}, new int[] {qos, qos});
            ledger.staysConnected(options);
            return ledger;
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Paho would wait for a second, in which the broker has events that are late then. */
    private void staysConnected(MqttConnectOptions options) {
        again.scheduleWithFixedDelay(
                () -> {
                    try {
                        if (!client.isConnected()) {
                            client.connect(options);
                        }
                    } catch (MqttException e) {
                        // The broker is away: tried again.
                    }
                },
                AGAIN_MS,
                AGAIN_MS,
                TimeUnit.MILLISECONDS);
    }

    private MqttCallback writing() {
        return new MqttCallback() {
            @Override
            public void messageArrived(String topic, MqttMessage message) {
                write(topic, new String(message.getPayload(), StandardCharsets.UTF_8), Instant.now());
            }

            @Override
            public void connectionLost(Throwable cause) {
                // It is connected again.
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {
                // It publishes nothing.
            }
        };
    }

    private void write(String topic, String payload, Instant now) {
        JsonObject event = JsonParser.parseString(payload).getAsJsonObject();
        JsonObject params = event.getAsJsonObject("params");
        if (params != null && params.has("run")) {
            arrivals.add(new Arrival(
                    params.get("run").getAsString(),
                    event.get("phone").getAsString(),
                    params.get("n").getAsInt(),
                    event.get("id").getAsString(),
                    topic.contains("/late/"),
                    Instant.parse(event.get("time").getAsString()),
                    now));
        }
    }

    /** What came of this load's events so far, in the order of coming. */
    List<Arrival> arrivals(Load load) {
        return arrivals(load.run());
    }

    /** What came so far of the events that name this run. */
    List<Arrival> arrivals(String run) {
        return arrivals.stream().filter(arrival -> arrival.run().equals(run)).toList();
    }

    /** Waits until every promise of a finished load is kept, or until it is clear that some are not. */
    Balance settle(Load load, Duration atMost) {
        List<Load.Told> told = load.told();
        long end = System.nanoTime() + atMost.toNanos();
        Waits.atMost(atMost.plusSeconds(5), "the ledger settles")
                .pollInterval(Duration.ofMillis(100))
                .until(() -> System.nanoTime() > end
                        || Balance.of(told, arrivals(load)).missing().isEmpty());
        return Balance.of(told, arrivals(load));
    }

    @Override
    public void close() {
        again.shutdown();
        try {
            again.awaitTermination(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            client.disconnectForcibly(200, 200);
            client.close(true);
        } catch (MqttException e) {
            // The broker may be gone; the client is, too.
        }
    }
}
