package org.bellwire.mqtt;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.bellwire.api.EventMessage;
import org.bellwire.mqtt.connection.Backoff;
import org.bellwire.mqtt.publish.AnswerTimeouts;

/**
 * A Bellwire of its own process, to be killed: hands over events of three phones in turn until its end, and says which were
 * promised ({@code ok phone seq}) and which were not ({@code no phone seq reason}).
 */
final class SpoolChild {

    private SpoolChild() {}

    /** Arguments: the broker's URL, the spool's folder, the first number, events a second. */
    public static void main(String[] args) {
        MqttBus bus = new MqttBus(
                Map.of("url", args[0], "dir", args[1], "keep.alive.s", "1"),
                new Backoff(RandomGenerator.getDefault()),
                AnswerTimeouts.DEFAULT);
        bus.open();
        long pause = TimeUnit.SECONDS.toNanos(1) / Integer.parseInt(args[3]);
        long next = System.nanoTime();
        for (int i = 0; ; i++) {
            String phone = String.valueOf((char) ('a' + i % 3));
            int seq = Integer.parseInt(args[2]) + i / 3;
            EventMessage event = SampleEvents.event(phone, seq);
            bus.deliver(event)
                    .whenComplete((done, failure) ->
                            say(phone, seq, failure == null ? "" : String.valueOf(failure.getMessage())));
            next += pause;
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private static void say(String phone, int seq, String refusal) {
        String words = refusal.isEmpty() ? "ok " + phone + " " + seq : "no " + phone + " " + seq + " " + refusal;
        System.out.println(words + Child.END);
    }
}
