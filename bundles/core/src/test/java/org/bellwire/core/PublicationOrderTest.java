package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bellwire.api.Message;
import org.bellwire.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order that rules rely on: who calls is known before {@code call} says that it rings. */
class PublicationOrderTest {

    private static final List<String> BEFORE_CALL =
            List.of("direction", "local", "peer_number", "peer_name", "peer_tags", "calls", "busy");

    private final House house = new House();

    @BeforeEach
    void write_files() {
        house.file("lobby", "vendor", "acme", "host", "192.0.2.10");
        house.file("desk", "vendor", "zenith", "host", "192.0.2.11");
        house.line.setReachable(false);
        house.settle();
        house.bus.forget();
    }

    @AfterEach
    void leave() {
        house.close();
    }

    @Test
    void one_report_is_published_as_promised_with_call_and_the_event_last() {
        house.get("zenith", "?event=incoming&phone=desk&callId=1&number=42&name=Peter&accountId=2");
        assertThat(house.bus.topics().stream().filter(topic -> !topic.endsWith("availability")))
                .containsExactly(
                        "desk/state/direction",
                        "desk/state/local",
                        "desk/state/peer_number",
                        "desk/state/peer_name",
                        "desk/state/peer_tags",
                        "desk/state/calls",
                        "desk/state/busy",
                        "desk/state/missed",
                        "desk/state/call",
                        "desk/event/call_incoming");
    }

    @Test
    void other_states_of_a_report_come_before_call() {
        house.get("acme", "/incoming-call?phone=lobby&call_id=1&remote=sip:42@example.org");
        house.bus.forget();
        house.get("acme", "/terminated?phone=lobby&call_id=1");
        List<String> topics = house.bus.topics();
        assertThat(topics.indexOf("lobby/state/mute"))
                .isBetween(topics.indexOf("lobby/state/calls"), topics.indexOf("lobby/state/call"));
        assertThat(topics).endsWith("lobby/state/call", "lobby/event/call_ended");
    }

    @Test
    void properties_stand_in_the_promised_order() {
        List<String> all = Arrays.stream(Property.values()).map(Property::wire).toList();
        assertThat(all).startsWith(BEFORE_CALL.toArray(String[]::new)).endsWith("call");
    }

    @Test
    void states_come_in_the_same_order_after_a_reconnect() {
        house.get("zenith", "?event=incoming&phone=desk&callId=1&number=42&name=Peter&accountId=2");
        house.bus.disconnect();
        house.bus.forgetRetained();
        house.bus.connect();
        house.settle();
        List<String> states = house.bus.topics().stream()
                .filter(topic -> topic.startsWith("desk/state/"))
                .map(topic -> topic.substring("desk/state/".length()))
                .toList();
        assertThat(states)
                .startsWith(BEFORE_CALL.toArray(String[]::new))
                .endsWith("call")
                .doesNotHaveDuplicates();
    }

    @Test
    void call_does_not_ring_when_the_broker_did_not_take_who_calls() {
        house.bus.refuse(message -> message.topic().path().equals("desk/state/peer_number"));
        house.get("zenith", "?event=incoming&phone=desk&callId=1&number=42");
        assertThat(house.bus.topics()).doesNotContain("desk/state/call");
        house.bus.refuse(message -> false);
        house.settle();
        assertThat(house.bus.topics().indexOf("desk/state/peer_number"))
                .isBetween(0, house.bus.topics().indexOf("desk/state/call"));
        assertThat(house.bus.retained("desk/state/call")).contains("ringing");
    }

    @Test
    void ringing_ends_with_the_answer() {
        house.get("zenith", "?event=incoming&phone=desk&callId=1&number=42");
        house.get("zenith", "?event=connected&phone=desk&callId=1");
        assertThat(house.bus.payloads("desk/state/call")).containsExactly("ringing", "connected");
    }

    @Test
    void who_listens_to_ringing_finds_the_right_peer_in_ten_thousand_random_calls() {
        Random random = new Random(12);
        int heard = 0;
        for (int i = 0; i < 10_000; i++) {
            boolean lobby = random.nextBoolean();
            String phone = lobby ? "lobby" : "desk";
            String number = String.valueOf(1000 + random.nextInt(9_000_000));
            String name = random.nextInt(4) == 0 ? "" : "Name" + random.nextInt(1000);
            Map<String, String> broker = new HashMap<>(house.bus.retained());
            house.bus.forget();
            house.get(lobby ? "acme" : "zenith", incoming(lobby, i, number, name));
            for (Message message : new ArrayList<>(house.bus.messages())) {
                broker.put(message.topic().path(), message.payload());
                if (message.topic().path().equals(phone + "/state/call")
                        && message.payload().equals("ringing")) {
                    assertThat(broker.get(phone + "/state/peer_number")).isEqualTo(number);
                    assertThat(broker.getOrDefault(phone + "/state/peer_name", ""))
                            .isEqualTo(name);
                    assertThat(broker.get(phone + "/state/direction")).isEqualTo("inbound");
                    heard++;
                }
            }
            house.time.pass(Duration.ofMillis(1 + random.nextInt(300)));
            endOf(lobby, i, random);
        }
        assertThat(heard).isEqualTo(10_000);
    }

    private static String incoming(boolean lobby, int id, String number, String name) {
        String peer = lobby
                ? "&call_id=" + id + "&remote=sip:" + number + "@example.org&display_remote=" + name
                : "&callId=" + id + "&number=" + number + "&name=" + name;
        return lobby ? "/incoming-call?phone=lobby" + peer : "?event=incoming&phone=desk" + peer;
    }

    /** Answered or not. */
    private void endOf(boolean lobby, int id, Random random) {
        String which = lobby ? "?phone=lobby&call_id=" + id : "&phone=desk&callId=" + id;
        if (random.nextBoolean()) {
            house.get(lobby ? "acme" : "zenith", (lobby ? "/established" : "?event=connected") + which);
        }
        house.get(lobby ? "acme" : "zenith", (lobby ? "/terminated" : "?event=ended") + which);
    }
}
