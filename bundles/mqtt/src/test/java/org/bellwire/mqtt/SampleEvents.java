package org.bellwire.mqtt;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bellwire.api.EventMessage;
import org.bellwire.api.EventType;
import org.bellwire.api.PhoneId;
import org.bellwire.mqtt.TopicListener.Heard;

/** Numbered events of several phones, and what arrived of them. */
public final class SampleEvents {

    private static final Pattern TOPIC = Pattern.compile("bellwire/([^/]+)/(event|late)/.*");
    private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");

    private SampleEvents() {}

    public static EventMessage event(String phone, int seq) {
        return event(phone, seq, Instant.now());
    }

    public static EventMessage event(String phone, int seq, Instant time) {
        String json = "{\"event_type\":\"hook_off\",\"id\":\"" + phone + "-" + seq + "\",\"seq\":" + seq
                + ",\"phone\":\"" + phone + "\",\"late\":false,\"params\":{\"remote\":\"" + "x".repeat(400) + "\"}}";
        return new EventMessage(new PhoneId(phone), EventType.HOOK_OFF, json, time);
    }

    /** The numbers that arrived for each phone, in their order, on {@code event/} or {@code late/}. */
    static Map<String, List<Integer>> arrived(List<Heard> heard, String level) {
        Map<String, List<Integer>> numbers = new TreeMap<>();
        for (Heard message : heard) {
            Matcher topic = TOPIC.matcher(message.topic());
            Matcher seq = SEQ.matcher(message.payload());
            if (topic.matches() && topic.group(2).equals(level) && seq.find()) {
                numbers.computeIfAbsent(topic.group(1), phone -> new java.util.ArrayList<>())
                        .add(Integer.valueOf(seq.group(1)));
            }
        }
        return numbers;
    }

    /** Without repetitions, which at least once allows. */
    static List<Integer> firsts(List<Integer> numbers) {
        Map<Integer, Boolean> seen = new ConcurrentHashMap<>();
        return numbers.stream().filter(n -> seen.put(n, true) == null).toList();
    }
}
