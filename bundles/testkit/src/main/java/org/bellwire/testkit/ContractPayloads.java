package org.bellwire.testkit;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the contract lets stand on the topics of the gateway and of a phone, section 3; the longest and the empty included. */
final class ContractPayloads {

    private static final List<String> SWITCHED = List.of("ON", "OFF");
    private static final List<String> AVAILABILITY = List.of("online", "offline");
    private static final String LONGEST = "\u00fc".repeat(255);

    private static final Map<String, List<String>> STATES = Map.ofEntries(
            Map.entry("call", List.of("idle", "ringing", "dialing", "connected", "held")),
            Map.entry(
                    "calls",
                    List.of(
                            "[]",
                            "[{\"id\":\"TC@1\",\"state\":\"ringing\",\"direction\":\"inbound\",\"number\":\"42\","
                                    + "\"name\":\"Pe\\\"ter {{ 7 }}\",\"since\":\"2026-11-21T08:15:30.123Z\"}]")),
            Map.entry("direction", List.of("", "inbound", "outbound")),
            Map.entry("local", List.of("", "101", LONGEST)),
            Map.entry("peer_number", List.of("", "42", "0", "+4930123456", "None", LONGEST)),
            Map.entry("peer_name", List.of("", "Peter", "{{ 7 }}", LONGEST)),
            Map.entry("peer_tags", List.of("", "family vip", LONGEST)),
            Map.entry("missed", List.of("0", "1", "999999")),
            Map.entry("registration", List.of("registered", "unregistered", "failed")),
            Map.entry("ip", List.of("192.168.0.157", "2001:db8::1")),
            Map.entry("door", List.of("open", "closed")),
            Map.entry("busy", List.of("ON", "OFF", "")), // empty: of a group whose strongest member does not report it
            Map.entry("off_hook", List.of("ON", "OFF", "")),
            Map.entry("dnd", SWITCHED),
            Map.entry("mute", SWITCHED),
            Map.entry("forward", SWITCHED),
            Map.entry("forward_always", SWITCHED),
            Map.entry("forward_busy", SWITCHED),
            Map.entry("forward_no_answer", SWITCHED),
            Map.entry("call_waiting", SWITCHED),
            Map.entry("battery_low", SWITCHED));

    private ContractPayloads() {}

    /** Payloads by topic. */
    static Map<String, List<String>> of(String phone, Collection<String> events) {
        Map<String, List<String>> payloads = new HashMap<>();
        String begin = "bellwire/" + phone;
        payloads.put("bellwire/bridge/status", AVAILABILITY);
        payloads.put(begin + "/availability", AVAILABILITY);
        STATES.forEach((state, values) -> payloads.put(begin + "/state/" + state, values));
        events.forEach(event -> payloads.put(begin + "/event/" + event, List.of(event(phone, event))));
        payloads.put(
                begin + "/result/dial",
                List.of("{\"id\":\"kitchen-7\",\"phone\":\"" + phone
                        + "\",\"command\":\"dial\",\"status\":\"accepted\","
                        + "\"http_status\":200,\"time\":\"2026-11-21T08:15:30.123Z\",\"took_ms\":38}"));
        return payloads;
    }

    private static String event(String phone, String event) {
        return "{\"event_type\":\"" + event + "\",\"id\":\"01JDFZ6V7T3E1W0M4Q9C5K2R8B\",\"seq\":118,\"phone\":\""
                + phone
                + "\",\"time\":\"2026-11-21T08:15:30.123Z\",\"vendor\":\"v\",\"vendor_event\":\"Incoming Call\","
                + "\"derived\":false,\"late\":false,\"call\":{\"id\":\"1\",\"other_id\":null,\"number\":\"42\"},"
                + "\"params\":{\"display_remote\":\"{{ 7 }}\"}}";
    }
}
