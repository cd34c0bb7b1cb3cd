package org.bellwire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bellwire.api.Message;
import org.bellwire.api.Topic;
import org.bellwire.mqtt.Listener.Heard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class MqttBusTest {

    @RegisterExtension
    private final Mosquitto broker = new Mosquitto();

    private final List<MqttBus> buses = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (MqttBus bus : buses) {
            bus.deactivate();
        }
    }

    private MqttBus bus(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("url", broker.url()));
        all.putAll(properties);
        MqttBus bus = new MqttBus(all);
        buses.add(bus);
        return bus;
    }

    private MqttBus connectedBus() {
        MqttBus bus = bus(Map.of());
        await().atMost(Duration.ofSeconds(15)).until(bus::isConnected);
        return bus;
    }

    private static CompletableFuture<Void> publish(MqttBus bus, String topic, String payload) {
        return bus.publish(Message.of(new Topic(topic), payload)).toCompletableFuture();
    }

    @Test
    void broker_that_appears_later_is_met_within_15_s() throws Exception {
        MqttBus bus = bus(Map.of());
        Recorder recorder = new Recorder("+/command/+");
        bus.subscribe(recorder);
        assertThat(publish(bus, "p/event/e", "x")).isCompletedExceptionally();
        broker.start();
        await().atMost(Duration.ofSeconds(15)).until(bus::isConnected);
        publish(bus, "p/event/e", "x").get(2, TimeUnit.SECONDS);
        await().untilAsserted(() -> assertThat(recorder.calls()).containsExactly("connected"));
    }

    @Test
    void messages_of_one_caller_arrive_in_order() throws Exception {
        broker.start();
        MqttBus bus = connectedBus();
        try (Listener listener = Listener.at(broker).hear("bellwire/p/event/#")) {
            List<CompletableFuture<Void>> all = IntStream.range(0, 5000)
                    .mapToObj(i -> publish(bus, "p/event/e", String.valueOf(i)))
                    .toList();
            for (CompletableFuture<Void> each : all) {
                each.get(10, TimeUnit.SECONDS);
            }
            List<String> expected =
                    IntStream.range(0, 5000).mapToObj(String::valueOf).toList();
            await().untilAsserted(() -> assertThat(listener.payloads()).isEqualTo(expected));
        }
    }

    @Test
    void command_reaches_its_subscriber_and_a_retained_one_does_not() throws Exception {
        broker.start();
        try (Listener other = Listener.at(broker)) {
            other.say("bellwire/p/command/dial", "42", true);
            MqttBus bus = connectedBus();
            Recorder recorder = new Recorder("+/command/+");
            bus.subscribe(recorder);
            await().until(() -> recorder.calls().contains("connected"));
            other.say("bellwire/p/command/dial", "43", false);
            await().until(() -> recorder.calls().size() > 1);
            assertThat(recorder.calls()).containsExactly("connected", "p/command/dial 43");
        }
    }

    @Test
    void clean_stop_says_offline() throws Exception {
        broker.start();
        try (Listener listener = Listener.at(broker).hear("bellwire/bridge/status")) {
            MqttBus bus = connectedBus();
            await().until(() -> listener.payloads().equals(List.of("online")));
            bus.deactivate();
            await().until(() -> listener.payloads().equals(List.of("online", "offline")));
            try (Listener later = Listener.at(broker).hear("bellwire/bridge/status")) {
                await().untilAsserted(() -> assertThat(later.heard())
                        .containsExactly(new Heard("bellwire/bridge/status", "offline", true)));
            }
        }
    }
}
