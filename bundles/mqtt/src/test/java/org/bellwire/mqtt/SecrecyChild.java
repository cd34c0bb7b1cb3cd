package org.bellwire.mqtt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bellwire.api.Message;
import org.bellwire.api.Topic;
import org.bellwire.mqtt.connection.Backoff;
import org.bellwire.mqtt.publish.AnswerTimeouts;

/**
 * A Bellwire of its own process, to be overheard. Each line of its input is a configuration, {@code key=value} separated by
 * tabs; an empty one only makes it tell all that it could tell anybody. It ends with its input.
 */
final class SecrecyChild {

    private SecrecyChild() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Optional<MqttBus> bus = Optional.empty();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (bus.isEmpty()) {
                bus = Optional.of(new MqttBus(
                        properties(line), new Backoff(RandomGenerator.getDefault()), AnswerTimeouts.DEFAULT));
                bus.get().open();
            } else if (!line.isEmpty()) {
                bus.get().modified(properties(line));
            }
            tell(bus.get());
        }
        if (bus.isPresent()) {
            bus.get().deactivate();
        }
    }

    private static Map<String, String> properties(String line) {
        Map<String, String> properties = new HashMap<>();
        for (String pair : line.split("\t", -1)) {
            properties.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return properties;
    }

    private static void tell(MqttBus bus) {
        bus.publish(Message.of(new Topic("p/event/e"), "x")).whenComplete((done, failure) -> {
            if (failure != null) {
                failure.printStackTrace();
            }
        });
        System.out.println(bus.statistics());
        Thread.getAllStackTraces().keySet().forEach(thread -> System.out.println("thread " + thread));
    }
}
