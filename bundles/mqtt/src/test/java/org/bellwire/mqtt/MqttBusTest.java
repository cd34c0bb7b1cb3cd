package org.bellwire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bellwire.api.EventMessage;
import org.bellwire.api.Message;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Bus.Subscription;
import org.bellwire.api.port.Bus.Undelivered;
import org.bellwire.mqtt.TopicListener.Heard;
import org.bellwire.mqtt.connection.Backoff;
import org.bellwire.mqtt.publish.AnswerTimeouts;
import org.bellwire.mqtt.publish.PendingPublish;
import org.bellwire.mqtt.publish.PublishWindow;
import org.bellwire.testkit.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class MqttBusTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    @RegisterExtension
    private final Mosquitto broker = new Mosquitto();

    private final List<MqttBus> buses = new ArrayList<>();
    private CapturedLog log = new CapturedLog();

    @BeforeEach
    void listenToTheLog() {
        log.close();
        log = new CapturedLog();
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (MqttBus bus : buses) {
            bus.deactivate();
        }
        log.close();
    }

    private MqttBus bus(Map<String, String> properties) {
        Backoff quick = new Backoff(RandomGenerator.getDefault(), Duration.ofMillis(50), Duration.ofMillis(500));
        MqttBus bus = new MqttBus(with(properties), quick, AnswerTimeouts.DEFAULT);
        bus.open();
        buses.add(bus);
        return bus;
    }

    private Map<String, String> with(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("url", broker.url()));
        all.putAll(properties);
        return all;
    }

    private MqttBus connectedBus(Map<String, String> properties) {
        MqttBus bus = bus(properties);
        awaitConnected(bus);
        return bus;
    }

    private static void awaitConnected(MqttBus bus) {
        await("connected").atMost(SOON).until(bus::isConnected);
    }

    private static CompletableFuture<Void> publish(MqttBus bus, String topic, String payload) {
        return bus.publish(Message.of(new Topic(topic), payload)).toCompletableFuture();
    }

    private static void assertUndelivered(CompletableFuture<Void> stage, String reason) {
        assertThatThrownBy(() -> stage.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(Undelivered.class)
                .hasMessageContaining(reason);
    }

    @Test
    void broker_that_appears_later_is_met_within_15_s() throws Exception {
        MqttBus bus = new MqttBus(with(Map.of()));
        bus.open();
        buses.add(bus);
        RecordingSubscriber recorder = new RecordingSubscriber("+/command/+");
        bus.subscribe(recorder);
        assertUndelivered(publish(bus, "p/event/e", "x"), "no connection");
        await().atMost(SOON).until(() -> log.lines("WARN").size() == 1);
        broker.start();
        awaitConnected(bus);
        publish(bus, "p/event/e", "x").get(2, TimeUnit.SECONDS);
        await().untilAsserted(() -> assertThat(recorder.calls()).containsExactly("connected"));
        assertThat(log.lines("WARN")).singleElement().asString().contains("refused");
        assertThat(log.lines("INFO")).singleElement().asString().contains("connected as bellwire-", "-root,");
    }

    @Test
    void online_is_said_only_when_somebody_takes_commands() throws Exception {
        broker.start();
        Backoff quick = new Backoff(RandomGenerator.getDefault(), Duration.ofMillis(50), Duration.ofMillis(500));
        MqttBus bus = new MqttBus(with(Map.of()), quick, AnswerTimeouts.DEFAULT, Duration.ofMinutes(10));
        bus.open();
        buses.add(bus);
        await().during(Duration.ofMillis(500)).until(() -> !bus.isConnected());
        RecordingSubscriber recorder = new RecordingSubscriber("+/command/+");
        bus.subscribe(recorder);
        awaitConnected(bus);
        assertThat(publish(bus, "p/command/dial", "42")).succeedsWithin(Duration.ofSeconds(10));
        await().untilAsserted(() -> assertThat(recorder.calls()).contains("p/command/dial 42"));
    }

    @Test
    void a_bus_that_nobody_subscribes_to_connects_all_the_same() throws Exception {
        broker.start();
        Backoff quick = new Backoff(RandomGenerator.getDefault(), Duration.ofMillis(50), Duration.ofMillis(500));
        MqttBus bus = new MqttBus(with(Map.of()), quick, AnswerTimeouts.DEFAULT, Duration.ofMillis(200));
        bus.open();
        buses.add(bus);
        awaitConnected(bus);
    }

    @Test
    void broker_restarted_ten_times_under_load_is_met_each_time() throws Exception {
        broker.start();
        MqttBus bus = connectedBus(Map.of());
        RecordingSubscriber recorder = new RecordingSubscriber("+/command/+");
        bus.subscribe(recorder);
        List<String> expected = new ArrayList<>(List.of("connected"));
        for (int round = 0; round < 10; round++) {
            await().untilAsserted(() -> assertThat(recorder.calls()).isEqualTo(expected));
            List<CompletableFuture<Void>> load = IntStream.range(0, 2000)
                    .mapToObj(i -> publish(bus, "p/event/e", String.valueOf(i)))
                    .toList();
            broker.kill();
            await("every message has its answer")
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> load.stream().allMatch(CompletableFuture::isDone));
            await().until(() -> !bus.isConnected());
            broker.start();
            awaitConnected(bus);
            Collections.addAll(expected, "disconnected", "connected");
            await().untilAsserted(() -> assertThat(recorder.calls()).isEqualTo(expected));
            try (TopicListener other = TopicListener.at(broker)) {
                other.say("bellwire/p/command/dial", "4" + round, false);
            }
            expected.add("p/command/dial 4" + round);
        }
        await().untilAsserted(() -> assertThat(recorder.calls()).isEqualTo(expected));
        await("one client's threads")
                .untilAsserted(() -> assertThat(pahoThreads()).hasSizeLessThanOrEqualTo(3));
    }

    @Test
    void broker_that_hangs_up_at_once_does_not_leave_a_stuck_client() throws Exception {
        broker.start();
        try (Cable cable = new Cable(broker.port())) {
            cable.refuse(true);
            MqttBus bus = bus(Map.of("url", cable.url()));
            await().atMost(SOON).until(() -> log.lines("WARN").size() == 1);
            await("the client has gone").until(() -> pahoThreads().count() == 0);
            cable.refuse(false);
            awaitConnected(bus);
            assertThat(log.lines("WARN")).singleElement().asString().contains("closed by the broker");
        }
    }

    @Test
    void watcher_hears_of_each_connection_without_a_subscription() throws Exception {
        broker.start();
        try (Cable cable = new Cable(broker.port())) {
            MqttBus bus = bus(Map.of("url", cable.url()));
            List<String> heard = new CopyOnWriteArrayList<>();
            Subscription watch = bus.onConnection(() -> heard.add("up"), () -> heard.add("down"));
            await().untilAsserted(() -> assertThat(heard).containsExactly("up"));
            List<String> later = new CopyOnWriteArrayList<>();
            bus.onConnection(() -> later.add("up"), () -> later.add("down"));
            await("there is a connection already").until(() -> later.equals(List.of("up")));
            cable.cut();
            await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly("up", "down", "up"));
            watch.close();
            cable.cut();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(later).containsExactly("up", "down", "up", "down", "up"));
            assertThat(heard).containsExactly("up", "down", "up");
        }
    }

    @Test
    void messages_arrive_in_the_order_of_the_calls() throws Exception {
        broker.start();
        MqttBus bus = connectedBus(Map.of());
        try (TopicListener listener = TopicListener.at(broker).hear("bellwire/p/event/#")) {
            publishAll(bus, 5000);
            await().untilAsserted(() -> assertThat(listener.payloads()).isEqualTo(numbers(5000)));
        }
    }

    @Test
    void broker_that_takes_one_message_at_a_time_loses_none() throws Exception {
        broker.with("max_inflight_messages 1").start();
        MqttBus bus = connectedBus(Map.of());
        try (TopicListener listener = TopicListener.at(broker).hear("bellwire/p/event/#")) {
            publishAll(bus, 3000);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(listener.payloads()).isEqualTo(numbers(3000)));
        }
    }

    /** More at once than can be under way, and few enough that none waits for two seconds. */
    private static void publishAll(MqttBus bus, int count) throws Exception {
        for (int from = 0; from < count; from += 500) {
            List<CompletableFuture<Void>> some = IntStream.range(from, from + 500)
                    .mapToObj(i -> publish(bus, "p/event/e", String.valueOf(i)))
                    .toList();
            for (CompletableFuture<Void> each : some) {
                each.get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    @Test
    void only_fresh_commands_reach_the_subscriber() throws Exception {
        broker.start();
        try (TopicListener other = TopicListener.at(broker)) {
            other.say("bellwire/p/command/dial", "retained", true);
            MqttBus bus = connectedBus(Map.of());
            RecordingSubscriber recorder = new RecordingSubscriber("+/command/+");
            bus.subscribe(recorder);
            await().until(() -> recorder.calls().contains("connected"));
            other.say("bellwire/p/command/dial", "", false);
            other.say("bellwire/p/command/text", "x".repeat(8193), false);
            other.say("bellwire/P p/command/dial", "no topic of ours", false);
            other.say("bellwire/p/other/dial", "not asked for", false);
            other.say("bellwire/nobody/command/nothing", "f\u00fcr alle", false);
            other.say("bellwire/p/command/text", new byte[] {'a', (byte) 0xFF, 'b'}, false);
            await().until(() -> recorder.calls().contains("p/command/text a\uFFFDb"));
            assertThat(recorder.calls())
                    .containsExactlyInAnyOrder(
                            "connected",
                            "p/command/dial dropped: retained",
                            "p/command/dial dropped: empty",
                            "p/command/text dropped: longer than 8192 bytes",
                            "nobody/command/nothing f\u00fcr alle",
                            "p/command/text a\uFFFDb");
        }
    }

    @Test
    void subscriber_that_throws_hurts_nobody() throws Exception {
        broker.start();
        MqttBus bus = connectedBus(Map.of());
        RecordingSubscriber recorder = new RecordingSubscriber("+/command/+");
        bus.subscribe(new Thrower("+/command/+"));
        bus.subscribe(recorder);
        await().until(() -> recorder.calls().contains("connected"));
        try (TopicListener other = TopicListener.at(broker)) {
            other.say("bellwire/p/command/dial", "1", false);
            other.say("bellwire/p/command/dial", "2", false);
        }
        await().untilAsserted(() ->
                assertThat(recorder.calls()).containsExactly("connected", "p/command/dial 1", "p/command/dial 2"));
        assertThat(bus.isConnected()).isTrue();
    }

    @Test
    void closed_subscription_hears_nothing_more_while_others_do() throws Exception {
        broker.start();
        MqttBus bus = connectedBus(Map.of());
        RecordingSubscriber closed = new RecordingSubscriber("+/command/+");
        RecordingSubscriber other = new RecordingSubscriber("+/command/+");
        Subscription subscription = bus.subscribe(closed);
        await().until(() -> closed.calls().contains("connected"));
        bus.subscribe(other);
        await("its filter is granted already").until(() -> other.calls().contains("connected"));
        subscription.close();
        try (TopicListener listener = TopicListener.at(broker)) {
            listener.say("bellwire/p/command/dial", "1", false);
            await().until(() -> other.calls().contains("p/command/dial 1"));
        }
        assertThat(closed.calls()).containsExactly("connected");
    }

    @Test
    void stop_says_offline_although_an_unsubscription_is_still_unanswered() throws Exception {
        try (ScriptedBroker scripted = new ScriptedBroker(0, 1)) {
            MqttBus bus = bus(Map.of("url", scripted.url()));
            RecordingSubscriber heard = new RecordingSubscriber("+/command/+");
            Subscription subscription = bus.subscribe(heard);
            await().until(() -> scripted.published().contains("bellwire/bridge/status online"));
            await().until(() -> heard.calls().contains("connected"));
            subscription.close();
            await().until(scripted::unsubscribed);
            bus.deactivate();
            assertThat(scripted.published()).last().isEqualTo("bellwire/bridge/status offline");
        }
    }

    @Test
    void refused_subscription_is_told_with_its_filter() throws Exception {
        try (ScriptedBroker scripted = new ScriptedBroker(0, 0x80)) {
            MqttBus bus = bus(Map.of("url", scripted.url()));
            RecordingSubscriber recorder = new RecordingSubscriber("+/command/+");
            bus.subscribe(recorder);
            awaitConnected(bus);
            await().until(() -> !log.lines("WARN").isEmpty());
            assertThat(log.lines("WARN")).singleElement().asString().contains("+/command/+", "access list");
            publish(bus, "p/event/e", "x").get(2, TimeUnit.SECONDS);
            assertThat(recorder.calls()).isEmpty();
        }
    }

    @Test
    void message_over_the_brokers_limit_is_left_out_after_two_losses_and_the_connection_lives() throws Exception {
        broker.with("max_packet_size 2048").start();
        MqttBus bus = bus(Map.of("dir", broker.dir().resolve("spool").toString()));
        List<CompletableFuture<Void>> inbox = new CopyOnWriteArrayList<>();
        bus.onConnection(
                () -> inbox.add(bus.publish(Message.retained(new Topic("bridge/inbox"), "x".repeat(3000)))
                        .toCompletableFuture()),
                () -> {});
        await().atMost(SOON).until(() -> warnings("bridge/inbox").size() == 1);
        await().atMost(SOON).until(() -> inbox.size() == 3);
        assertUndelivered(inbox.get(2), "closes the connection over this message");
        assertUndelivered(bus.deliver(large(1)).toCompletableFuture(), "too large for us, or for the broker");
        for (int i = 0; i < 20; i++) {
            publish(bus, "p/event/e", "small").get(2, TimeUnit.SECONDS);
            bus.deliver(SampleEvents.event("a", i)).toCompletableFuture().get(5, TimeUnit.SECONDS);
        }
        assertThat(inbox).as("the connection lives").hasSize(3);
        assertThat(warnings("bridge/inbox").get(0)).contains("3012 bytes", "max_packet_size", "left out");
    }

    @Test
    void promised_event_over_the_brokers_limit_is_counted_as_dropped_and_does_not_hold_up_the_others()
            throws Exception {
        broker.with("max_packet_size 2048").start();
        MqttBus bus = connectedBus(Map.of("dir", broker.dir().resolve("spool").toString()));
        List<CompletableFuture<Void>> promises = new ArrayList<>();
        promises.add(bus.deliver(large(0)).toCompletableFuture());
        for (int i = 1; i < 20; i++) {
            promises.add(bus.deliver(SampleEvents.event("a", i)).toCompletableFuture());
        }
        for (CompletableFuture<Void> promise : promises) {
            promise.get(10, TimeUnit.SECONDS);
        }
        await().atMost(SOON).until(() -> bus.statistics().spooled() == 0);
        assertThat(bus.statistics().dropped()).isEqualTo(1);
        assertThat(bus.statistics().published() + bus.statistics().late()).isEqualTo(19);
        assertThat(warnings("a/event/hook_off")).isNotEmpty();
    }

    private static EventMessage large(int seq) {
        EventMessage small = SampleEvents.event("a", seq);
        return new EventMessage(small.phone(), small.type(), small.payload() + " ".repeat(4000), small.time());
    }

    private List<String> warnings(String part) {
        return log.lines("WARN").stream().filter(line -> line.contains(part)).toList();
    }

    @Test
    void retained_message_of_60_mb_is_told_once_and_commands_work_beside_it() throws Exception {
        broker.start();
        try (TopicListener other = TopicListener.at(broker)) {
            other.say("bellwire/p/command/text", new byte[60 << 20], true);
            MqttBus bus = connectedBus(Map.of());
            RecordingSubscriber recorder = new RecordingSubscriber("+/command/+");
            bus.subscribe(recorder);
            await().atMost(SOON).until(() -> recorder.calls().contains("p/command/text dropped: retained"));
            other.say("bellwire/p/command/text", new byte[20 << 20], false);
            other.say("bellwire/p/command/dial", "42", false);
            await().atMost(SOON).until(() -> recorder.calls().contains("p/command/dial 42"));
            assertThat(recorder.calls()).contains("p/command/text dropped: longer than 8192 bytes");
            assertThat(warnings("62914")).singleElement().asString().contains("bellwire/p/command/text", "retained");
            assertThat(log.lines("WARN")).as("the connection was never lost").hasSize(1);
        }
    }

    @Test
    void last_will_says_offline_when_the_connection_breaks() throws Exception {
        broker.start();
        try (Cable cable = new Cable(broker.port());
                TopicListener listener = TopicListener.at(broker).hear("bellwire/bridge/status")) {
            MqttBus bus = connectedBus(Map.of("url", cable.url()));
            await().until(() -> listener.payloads().equals(List.of("online")));
            cable.cut();
            await().until(() -> listener.payloads().size() > 1);
            awaitConnected(bus);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(listener.payloads()).containsExactly("online", "offline", "online"));
        }
    }

    @Test
    void clean_stop_leaves_offline_retained() throws Exception {
        broker.start();
        MqttBus bus = connectedBus(Map.of());
        bus.deactivate();
        try (TopicListener later = TopicListener.at(broker).hear("bellwire/bridge/status")) {
            await().untilAsserted(() ->
                    assertThat(later.heard()).containsExactly(new Heard("bellwire/bridge/status", "offline", true)));
        }
        assertThat(bus.isConnected()).isFalse();
    }

    @Test
    void frozen_broker_fails_each_message_after_2_s_and_works_again_when_it_wakes() throws Exception {
        broker.start();
        MqttBus bus = connectedBus(Map.of());
        broker.freeze();
        long called = System.nanoTime();
        List<CompletableFuture<Void>> all = IntStream.range(0, PublishWindow.PERMITS + PublishWindow.QUEUE)
                .mapToObj(i -> publish(bus, "p/event/e", "x"))
                .toList();
        long calls = System.nanoTime() - called;
        assertUndelivered(publish(bus, "p/event/e", "one too many"), "too much is waiting");
        assertThat(all).noneMatch(CompletableFuture::isDone);
        await().atMost(Duration.ofSeconds(60)).until(() -> all.stream().allMatch(CompletableFuture::isDone));
        assertThat(Duration.ofNanos(System.nanoTime() - called - calls))
                .as("from the last call to the last failure")
                .isGreaterThan(Duration.ofMillis(1500));
        assertUndelivered(all.get(0), "within 2 s");
        assertUndelivered(all.get(all.size() - 1), "within 2 s");
        broker.resume();
        publish(bus, "p/event/e", "x").get(2, TimeUnit.SECONDS);
        assertThat(warnings("connection lost"))
                .as("the connection was never lost")
                .isEmpty();
        assertThat(warnings("too much is waiting")).hasSize(1);
    }

    @Test
    void pulled_cable_is_noticed_by_the_keep_alive() throws Exception {
        broker.start();
        try (Cable cable = new Cable(broker.port())) {
            MqttBus bus = connectedBus(Map.of("url", cable.url(), "keep.alive.s", "1"));
            cable.pull();
            await().atMost(Duration.ofSeconds(6)).until(() -> !bus.isConnected());
            cable.cut();
            cable.plug();
            awaitConnected(bus);
            assertThat(log.lines("WARN").get(0)).contains("connection lost", "no longer answers");
        }
    }

    @Test
    void frozen_broker_does_not_hold_up_a_stop() throws Exception {
        broker.start();
        MqttBus bus = connectedBus(Map.of());
        broker.freeze();
        IntStream.range(0, 300).forEach(i -> publish(bus, "p/event/e", "x".repeat(100_000)));
        long began = System.nanoTime();
        bus.deactivate();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        await("no thread is left").until(() -> pahoThreads().count() == 0);
    }

    @Test
    void stop_while_connecting_is_quick() throws Exception {
        broker.start().freeze();
        MqttBus bus = bus(Map.of());
        await().until(() -> pahoThreads().count() > 0);
        long began = System.nanoTime();
        bus.deactivate();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        await("no thread is left").until(() -> pahoThreads().count() == 0);
    }

    @Test
    void message_that_is_too_large_fails_alone() throws Exception {
        broker.start();
        MqttBus bus = connectedBus(Map.of());
        CompletableFuture<Void> before = publish(bus, "p/event/e", "1");
        CompletableFuture<Void> large = publish(bus, "p/event/e", "x".repeat(PendingPublish.MAX_BYTES + 1));
        CompletableFuture<Void> longName = publish(bus, "a/".repeat(40_000) + "a", "x");
        CompletableFuture<Void> after = publish(bus, "p/event/e", "2");
        assertUndelivered(large, "larger than");
        assertUndelivered(longName, "cannot be sent");
        before.get(2, TimeUnit.SECONDS);
        after.get(2, TimeUnit.SECONDS);
    }

    @Test
    void changed_settings_leave_the_old_root_offline_and_connect_anew() throws Exception {
        broker.start();
        try (TopicListener listener =
                TopicListener.at(broker).hear("+/bridge/status").hear("house/+/command/+")) {
            MqttBus bus = connectedBus(Map.of());
            RecordingSubscriber recorder = new RecordingSubscriber("+/command/+");
            bus.subscribe(recorder);
            await().until(() -> recorder.calls().contains("connected"));
            bus.modified(with(Map.of("topic", "house")));
            await().untilAsserted(() ->
                    assertThat(recorder.calls()).containsExactly("connected", "disconnected", "connected"));
            await().untilAsserted(() -> assertThat(listener.heard())
                    .extracting(Heard::topic, Heard::payload)
                    .map(Object::toString)
                    .containsExactly(
                            "(\"bellwire/bridge/status\", \"online\")",
                            "(\"bellwire/bridge/status\", \"offline\")",
                            "(\"house/bridge/status\", \"online\")"));
            listener.say("house/p/command/dial", "1", false);
            await().until(() -> recorder.calls().contains("p/command/dial 1"));
        }
    }

    @Test
    void wrong_change_is_told_once_and_the_last_good_settings_stay() throws Exception {
        broker.start();
        MqttBus bus = connectedBus(Map.of());
        RecordingSubscriber recorder = new RecordingSubscriber("+/command/+");
        bus.subscribe(recorder);
        await().until(() -> recorder.calls().contains("connected"));
        bus.modified(with(Map.of("topic", "house/#")));
        assertThat(log.lines("WARN"))
                .singleElement()
                .asString()
                .contains("org.bellwire.mqtt.cfg: topic: ", "last good settings stay");
        publish(bus, "p/event/e", "x").get(2, TimeUnit.SECONDS);
        assertThat(recorder.calls()).containsExactly("connected");
    }

    @Test
    void wrong_file_at_the_start_connects_nowhere_until_it_is_right() throws Exception {
        broker.start();
        MqttBus bus = bus(Map.of("url", "http://127.0.0.1"));
        assertThat(log.lines("WARN")).singleElement().asString().contains("org.bellwire.mqtt.cfg: url: ");
        assertUndelivered(publish(bus, "p/event/e", "x"), "no connection");
        bus.modified(with(Map.of()));
        awaitConnected(bus);
    }

    @Test
    void wrong_password_is_told_without_showing_it() throws Exception {
        Path passwords = broker.dir().resolve("passwords");
        Files.createFile(passwords);
        run("mosquitto_passwd", "-b", passwords.toString(), "bell", "right-one");
        broker.with("allow_anonymous false").with("password_file " + passwords).start();
        MqttBus bus = bus(Map.of("user", "bell", "password", "wrong-one"));
        await().atMost(SOON).until(() -> !log.lines("WARN").isEmpty());
        assertThat(log.lines("WARN")).singleElement().asString().contains("'user'", "'password'");
        bus.modified(with(Map.of("user", "bell", "password", "right-one")));
        awaitConnected(bus);
        assertThat(log.lines()).noneMatch(line -> line.contains("wrong-one") || line.contains("right-one"));
    }

    @Test
    void unknown_host_is_told() {
        bus(Map.of("url", "tcp://no-such-host..invalid")); // which no name server is asked for
        await().atMost(SOON).until(() -> !log.lines("WARN").isEmpty());
        assertThat(log.lines("WARN").get(0)).contains("no-such-host..invalid", "unknown host");
    }

    @Test
    void start_and_stop_twenty_times_leaves_no_thread_and_no_socket() throws Exception {
        broker.start();
        connectedBus(Map.of()).deactivate();
        await().untilAsserted(() -> assertThat(ownThreads()).isEmpty());
        long sockets = sockets();
        for (int i = 0; i < 20; i++) {
            connectedBus(Map.of()).deactivate();
        }
        await().untilAsserted(() -> assertThat(ownThreads()).isEmpty());
        await().untilAsserted(() -> assertThat(sockets()).isLessThanOrEqualTo(sockets));
    }

    private static Stream<String> pahoThreads() {
        return ownThreads().filter(thread -> thread.startsWith("MQTT "));
    }

    /** With what each does, for a test that finds one too many. */
    private static Stream<String> ownThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().contains("bellwire"))
                .map(thread -> thread.getKey().getName() + " " + List.of(thread.getValue()));
    }

    private static long sockets() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(MqttBusTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }
}
