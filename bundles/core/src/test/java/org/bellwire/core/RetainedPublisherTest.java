package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.Gateways;
import org.bellwire.api.port.Reply;
import org.bellwire.api.runtime.Timing;
import org.bellwire.core.phone.Phone;
import org.bellwire.core.publish.GatewaysWatcher;
import org.bellwire.core.publish.RetainedPublisher;
import org.bellwire.testkit.FakeBus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetainedPublisherTest {

    private final House house = new House();

    @AfterEach
    void leave() {
        house.close();
    }

    private JsonObject retained(String topic) {
        return JsonParser.parseString(house.bus.retained(topic).orElseThrow()).getAsJsonObject();
    }

    private static Iterable<String> texts(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }

    @Test
    void a_new_phone_is_announced_with_what_it_can() {
        house.file("lobby", "vendor", "acme", "name", "Empfang", "mac", "00:1f:c1:1a:8b:6c")
                .settle();
        assertThat(house.bus.retained("lobby/availability")).contains("offline");
        JsonObject info = retained("lobby/info");
        assertThat(info.get("id").getAsString()).isEqualTo("lobby");
        assertThat(info.get("name").getAsString()).isEqualTo("Empfang");
        assertThat(info.get("vendor").getAsString()).isEqualTo("acme");
        assertThat(info.get("mac").getAsString()).isEqualTo("00:1f:c1:1a:8b:6c");
        assertThat(texts(info.get("events"))).contains("call_incoming", "call_missed", "vendor_event");
        assertThat(texts(info.get("states"))).contains("call", "busy", "dnd", "ip");
        assertThat(texts(info.get("commands"))).contains("dial", "key").doesNotContain("conference");
    }

    @Test
    void the_bridge_says_what_it_is() {
        house.file("lobby", "vendor", "acme").file("broken", "vendor", "nobody").settle();
        JsonObject info = retained("bridge/info");
        assertThat(info.keySet())
                .containsExactlyInAnyOrder("version", "instance", "gateways", "vendors", "phones", "started");
        assertThat(texts(info.get("gateways")))
                .as("it is alone")
                .containsExactly(info.get("instance").getAsString());
        assertThat(info.get("version").getAsString()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(texts(info.get("vendors"))).containsExactly("acme", "zenith");
        assertThat(info.get("phones").getAsInt()).isEqualTo(1);
        assertThat(info.get("started").getAsString()).isEqualTo("2026-11-21T08:15:30.123Z");
        house.delete("lobby").settle();
        assertThat(retained("bridge/info").get("phones").getAsInt()).isZero();
    }

    private record Several(List<String> all) implements Gateways {
        @Override
        public Optional<String> ownerOf(PhoneId phone) {
            return Optional.empty();
        }

        @Override
        public String own() {
            return all.get(0);
        }

        @Override
        public boolean tellsForAll() {
            return true;
        }
    }

    @Test
    void gateways_are_told_as_they_come_and_go() {
        GatewaysWatcher watcher = new GatewaysWatcher(house.retained);
        watcher.bindGateways(new Several(List.of("north", "south")));
        house.settle();
        assertThat(texts(retained("bridge/info").get("gateways"))).containsExactly("north", "south");
        watcher.updatedGateways(new Several(List.of("south")));
        house.settle();
        assertThat(texts(retained("bridge/info").get("gateways"))).containsExactly("south");
        watcher.unbindGateways(new Several(List.of("south")));
        house.settle();
        assertThat(texts(retained("bridge/info").get("gateways"))).hasSize(1).doesNotContain("south");
    }

    @Test
    void vendors_are_told_as_they_come_and_go_although_no_phone_is_of_them() {
        house.settle();
        house.registry.removeBinding(house.zenith);
        house.settle();
        assertThat(texts(retained("bridge/info").get("vendors"))).containsExactly("acme");
        house.registry.addBinding(house.zenith);
        house.settle();
        assertThat(texts(retained("bridge/info").get("vendors"))).containsExactly("acme", "zenith");
    }

    @Test
    void many_phones_are_announced_in_rounds_with_rests_ten_times_as_long() {
        for (int i = 0; i < 50; i++) {
            house.file("p" + i, "vendor", "acme");
        }
        house.settle();
        house.bus.disconnect();
        house.bus.refuse(message -> {
            house.time.take(Duration.ofMillis(5));
            return false;
        });
        house.bus.forget();
        house.bus.connect();
        house.time.pass(Duration.ZERO);
        assertThat(told()).as("in the first 20 ms, two messages each").isBetween(2L, 3L);
        house.time.pass(Duration.ofSeconds(2));
        assertThat(told()).as("in an eleventh of the time").isBetween(15L, 30L);
        house.time.pass(Duration.ofSeconds(5));
        assertThat(told()).isEqualTo(50);
    }

    @Test
    void news_that_comes_during_a_round_waits_for_the_rest_after_it() {
        house.file("lobby", "vendor", "acme").settle();
        Phone lobby = house.phone("lobby");
        house.bus.refuse(message -> {
            house.time.take(Duration.ofMillis(10));
            house.retained.info(lobby);
            return false;
        });
        house.bus.forget();
        house.retained.info(lobby);
        house.time.pass(Duration.ofSeconds(2));
        assertThat(told()).as("in 2 s, each 10 ms and a rest of 100").isBetween(15L, 20L);
    }

    @Test
    void a_broker_that_held_a_round_up_is_told_the_rest_within_a_second() {
        house.file("lobby", "vendor", "acme").file("desk", "vendor", "zenith").settle();
        house.bus.forget();
        house.bus.refuse(message -> {
            boolean late = message.topic().path().equals("bridge/info");
            house.time.take(late ? Duration.ofSeconds(5) : Duration.ZERO);
            return late;
        });
        house.bus.disconnect();
        house.bus.connect();
        house.time.pass(Duration.ZERO);
        house.bus.disconnect();
        house.bus.forget();
        house.bus.refuse(message -> false);
        house.bus.connect();
        house.time.pass(Duration.ofSeconds(1));
        assertThat(told()).isEqualTo(2);
    }

    private long told() {
        return house.bus.topics().stream()
                .filter(topic -> topic.endsWith("/info") && !topic.startsWith("bridge"))
                .count();
    }

    @Test
    void no_secret_is_ever_published() {
        house.file(
                        "lobby",
                        "vendor",
                        "acme",
                        "password",
                        "geheim-1",
                        "api.token",
                        "geheim-2",
                        "token",
                        "geheim-3-geheim-3-geheim-3")
                .settle();
        house.get("acme", "/registered?phone=lobby");
        assertThat(house.bus.messages())
                .isNotEmpty()
                .noneMatch(message -> message.payload().contains("geheim"));
    }

    @Test
    void all_retained_topics_are_back_after_the_broker_lost_them() {
        house.file("lobby", "vendor", "acme").file("desk", "vendor", "zenith").settle();
        house.get("acme", "/incoming-call?phone=lobby&call_id=1&remote=42");
        house.get("acme", "/off-hook?phone=stranger");
        house.settle();
        Map<String, String> before = house.bus.retained();
        assertThat(before).containsKeys("bridge/info", "bridge/inbox", "lobby/state/call", "desk/availability");
        house.bus.disconnect();
        house.bus.forgetRetained();
        house.bus.connect();
        house.settle();
        assertThat(house.bus.retained()).isEqualTo(before);
        assertThat(house.bus.topics()).noneMatch(topic -> topic.contains("/event/"));
    }

    @Test
    void what_the_broker_did_not_take_is_said_again_and_as_it_is_then() {
        house.file("lobby", "vendor", "acme").settle();
        house.bus.refuse(message -> message.retained());
        assertThat(house.get("acme", "/open-dnd?phone=lobby")).isEqualTo(Reply.ACCEPTED);
        house.settle();
        assertThat(house.bus.retained("lobby/state/dnd")).isEmpty();
        house.get("acme", "/close-dnd?phone=lobby");
        house.bus.refuse(message -> false);
        house.settle();
        assertThat(house.bus.retained("lobby/state/dnd")).contains("OFF");
        assertThat(house.bus.payloads("lobby/state/dnd")).doesNotContain("ON");
        assertThat(house.bus.retained("lobby/availability")).contains("online");
    }

    @Test
    void nothing_is_said_again_that_was_taken() {
        house.file("lobby", "vendor", "acme").settle();
        house.bus.forget();
        house.time.pass(Duration.ofMinutes(5));
        assertThat(house.bus.messages()).isEmpty();
    }

    @Test
    void a_file_that_says_the_same_again_publishes_nothing() {
        house.file("lobby", "vendor", "acme", "name", "A", "allow", "reboot,provision")
                .settle();
        house.get("acme", "/incoming-call?phone=lobby&call_id=1&remote=42");
        house.settle();
        house.bus.forget();
        house.file("lobby", "vendor", "acme", "name", "A", "allow", "reboot,provision")
                .settle();
        house.file("lobby", "name", " A ", "allow", "provision , reboot", "vendor", "ACME")
                .settle();
        assertThat(house.bus.messages()).isEmpty();
    }

    @Test
    void another_name_publishes_what_the_phone_is_and_no_state() {
        house.file("lobby", "vendor", "acme", "name", "A").settle();
        house.get("acme", "/incoming-call?phone=lobby&call_id=1&remote=42");
        house.settle();
        house.bus.forget();
        house.file("lobby", "vendor", "acme", "name", "B").settle();
        assertThat(house.bus.topics()).containsExactly("lobby/info");
    }

    @Test
    void another_host_publishes_nothing_since_no_topic_says_it() {
        house.file("lobby", "vendor", "acme", "host", "192.0.2.10").settle();
        house.bus.forget();
        house.file("lobby", "vendor", "acme", "host", "192.0.2.11").settle();
        assertThat(house.bus.messages()).isEmpty();
        assertThat(house.phone("lobby").settings().host()).contains("192.0.2.11");
    }

    @Test
    void a_deleted_phone_leaves_nothing_behind() {
        house.file("lobby", "vendor", "acme", "host", "192.0.2.10").settle();
        house.get("acme", "/incoming-call?phone=lobby&call_id=1&remote=42");
        house.get("acme", "/ip-changed?phone=lobby&ip=10.0.0.1");
        assertThat(house.bus.retained()).containsKey("lobby/state/ip");
        house.delete("lobby").settle();
        assertThat(house.bus.retained()).containsOnlyKeys("bridge/info", "bridge/inbox");
    }

    @Test
    void a_phone_deleted_while_the_broker_is_away_leaves_nothing_behind() {
        house.file("lobby", "vendor", "acme").settle();
        house.bus.disconnect();
        house.delete("lobby").settle();
        assertThat(house.bus.retained()).containsKey("lobby/info");
        house.bus.refuse(message -> message.payload().isEmpty());
        house.bus.connect();
        house.settle();
        assertThat(house.bus.retained()).containsKey("lobby/info");
        house.bus.refuse(message -> false);
        house.settle();
        assertThat(house.bus.retained()).doesNotContainKey("lobby/info");
    }

    @Test
    void a_phone_that_comes_back_at_once_keeps_what_it_says() {
        house.file("lobby", "vendor", "acme").settle();
        house.get("acme", "/open-dnd?phone=lobby");
        house.get("acme", "/mute?phone=lobby");
        house.delete("lobby").file("lobby", "vendor", "acme");
        house.get("acme", "/open-dnd?phone=lobby");
        house.settle();
        assertThat(house.bus.retained("lobby/state/dnd")).contains("ON");
        assertThat(house.bus.retained("lobby/info")).isPresent();
        assertThat(house.bus.payloads("lobby/state/dnd"))
                .as("not even for a moment")
                .doesNotContain("");
        assertThat(house.bus.retained("lobby/state/mute"))
                .as("what only the old one said")
                .isEmpty();
    }

    @Test
    void a_sign_of_life_of_a_phone_that_is_gone_is_not_retained() {
        house.file("lobby", "vendor", "acme", "host", "192.0.2.10").settle();
        Phone gone = house.phone("lobby");
        house.delete("lobby").settle();
        gone.session().availability().silent();
        gone.session().availability().silent();
        gone.session().availability().silent();
        house.retained.alive(gone);
        house.retained.info(gone);
        assertThat(house.bus.retained()).containsOnlyKeys("bridge/info", "bridge/inbox");
    }

    @Test
    void a_stranger_is_counted_and_remembered_by_its_mac() {
        house.get("acme", "/off-hook?mac=001fc1aaaaaa&model=A1");
        house.time.pass(Duration.ofSeconds(5));
        house.get("acme", House.SITE_TOKEN, "/off-hook?mac=00-1F-C1-AA-AA-AA", "192.0.2.98");
        house.settle();
        JsonArray inbox = JsonParser.parseString(
                        house.bus.retained("bridge/inbox").orElseThrow())
                .getAsJsonArray();
        assertThat(inbox)
                .isEqualTo(JsonParser.parseString("[{'vendor':'acme','mac':'00:1f:c1:aa:aa:aa','address':'192.0.2.98',"
                        + "'model':'A1','first_seen':'2026-11-21T08:15:30.123Z',"
                        + "'last_seen':'2026-11-21T08:15:35.123Z','events':2}]"));
    }

    @Test
    void a_stranger_that_gets_its_file_leaves_the_inbox() {
        house.get("acme", "/off-hook?mac=001fc1aaaaaa");
        house.get("acme", House.SITE_TOKEN, "/off-hook", "192.0.2.50");
        house.get("acme", House.SITE_TOKEN, "/off-hook", "192.0.2.51");
        house.file("one", "vendor", "acme", "mac", "001fc1aaaaaa").file("two", "vendor", "acme", "host", "192.0.2.50");
        house.settle();
        String inbox = house.bus.retained("bridge/inbox").orElseThrow();
        assertThat(inbox).contains("192.0.2.51").doesNotContain("192.0.2.50", "00:1f:c1");
    }

    @Test
    void a_great_many_phones_are_said_within_the_window_and_all_of_them() {
        int phones = 100;
        house.close();
        FakeBus slow = new FakeBus();
        for (int i = 0; i < phones; i++) {
            house.file("phone-" + i, "vendor", "acme");
            house.get("acme", "/incoming-call?phone=phone-" + i + "&call_id=1");
        }
        slow.beSlow();
        RetainedPublisher retained = RetainedPublisher.with(house.registry, slow, Timing.real("republish-of-a-test"));
        retained.open();
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> slow.unacknowledged() >= 100);
            AtomicInteger most = new AtomicInteger();
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> {
                        most.accumulateAndGet(slow.unacknowledged(), Math::max);
                        slow.acknowledge();
                        return slow.messages().size() >= phones * 7 + 2;
                    });
            assertThat(most.get()).isBetween(100, 320);
        } finally {
            retained.stop();
        }
    }
}
