package org.bellwire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bellwire.api.EventMessage;
import org.bellwire.api.port.Bus.Undelivered;
import org.bellwire.mqtt.connection.Backoff;
import org.bellwire.mqtt.publish.AnswerTimeouts;
import org.bellwire.testkit.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SpoolTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    private final Mosquitto broker = new Mosquitto();

    @TempDir
    private Path home = Path.of("");

    private final List<MqttBus> buses = new ArrayList<>();
    private Map<String, String> last = Map.of();
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

    private Path spool() {
        return home.resolve("spool");
    }

    private MqttBus bus(String... more) {
        Backoff quick = new Backoff(RandomGenerator.getDefault(), Duration.ofMillis(50), Duration.ofMillis(500));
        last = properties(more);
        MqttBus bus = new MqttBus(last, quick, AnswerTimeouts.DEFAULT);
        bus.open();
        buses.add(bus);
        return bus;
    }

    private Map<String, String> properties(String... more) {
        Map<String, String> properties = new HashMap<>(Map.of("url", broker.url(), "dir", spool().toString()));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return properties;
    }

    private MqttBus connectedBus(String... more) {
        MqttBus bus = bus(more);
        await("connected").atMost(SOON).until(bus::isConnected);
        return bus;
    }

    private static CompletableFuture<Void> deliver(MqttBus bus, String phone, int seq) {
        return bus.deliver(SampleEvents.event(phone, seq)).toCompletableFuture();
    }

    /** Events of three phones in turn. */
    private static List<CompletableFuture<Void>> deliver(MqttBus bus, int from, int to) {
        return IntStream.range(from, to)
                .boxed()
                .flatMap(i -> Stream.of("a", "b", "c").map(phone -> deliver(bus, phone, i)))
                .toList();
    }

    private static void assertPromised(List<CompletableFuture<Void>> promises) throws Exception {
        CompletableFuture.allOf(promises.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
    }

    private static void assertRefused(CompletableFuture<Void> promise, String reason) {
        assertThatThrownBy(() -> promise.get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(Undelivered.class)
                .hasMessageContaining(reason);
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static void assertArrived(TopicListener listener, String level, int count) {
        await("all arrive")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(SampleEvents.arrived(listener.heard(), level))
                        .isEqualTo(Map.of("a", numbers(count), "b", numbers(count), "c", numbers(count))));
    }

    @Test
    void event_that_the_broker_takes_never_sees_the_disk() throws Exception {
        broker.start();
        MqttBus bus = connectedBus();
        try (TopicListener listener = TopicListener.at(broker).hear("bellwire/+/event/#")) {
            for (int i = 0; i < 100; i++) {
                assertPromised(deliver(bus, i, i + 1)); // few at a time: each has 250 ms
            }
            assertArrived(listener, "event", 100);
        }
        assertThat(files()).isEmpty();
        await().untilAsserted(() -> assertThat(bus.statistics().accepted()).isEqualTo(300));
        assertThat(bus.statistics().published()).isEqualTo(300);
        assertThat(bus.statistics().stored()).isZero();
    }

    @Test
    void events_without_a_broker_arrive_once_and_in_order_when_it_is_back() throws Exception {
        broker.start();
        try (Cable cable = new Cable(broker.port());
                TopicListener listener = TopicListener.at(broker).hear("bellwire/+/event/#")) {
            MqttBus bus = connectedBus("url", cable.url());
            cable.refuse(true);
            cable.cut();
            assertPromised(deliver(bus, 0, 300));
            await().untilAsserted(() -> assertThat(bus.statistics().accepted()).isEqualTo(900));
            assertThat(listener.heard()).hasSizeLessThan(900);
            cable.refuse(false);
            await().atMost(SOON).until(bus::isConnected);
            assertPromised(deliver(bus, 300, 350));
            assertArrived(listener, "event", 350);
            await().untilAsserted(() -> assertThat(bus.statistics().spooled()).isZero());
            assertThat(bus.statistics().published()).isEqualTo(1050);
            await().untilAsserted(() -> assertThat(bus.statistics().accepted()).isEqualTo(1050));
            assertThat(bus.statistics().refused()).isZero();
        }
    }

    @Test
    void old_events_go_to_late_and_young_ones_to_event() throws Exception {
        MqttBus bus = bus("event.max.age.s", "20");
        Instant now = Instant.now();
        assertPromised(List.of(
                bus.deliver(SampleEvents.event("a", 0, now.minusSeconds(60))).toCompletableFuture(),
                bus.deliver(SampleEvents.event("a", 1, now)).toCompletableFuture()));
        try (TopicListener listener = listenerBeforeTheBus(bus)) {
            await().atMost(SOON).until(() -> listener.heard().size() == 2);
            assertThat(SampleEvents.arrived(listener.heard(), "late")).isEqualTo(Map.of("a", List.of(0)));
            assertThat(SampleEvents.arrived(listener.heard(), "event")).isEqualTo(Map.of("a", List.of(1)));
            assertThat(listener.payloads().get(0)).contains("\"late\":true");
            await().untilAsserted(() -> assertThat(bus.statistics().late()).isEqualTo(1));
        }
    }

    @Test
    void events_of_before_a_restart_come_before_new_ones() throws Exception {
        MqttBus before = bus();
        assertPromised(deliver(before, 0, 100));
        before.deactivate();
        MqttBus bus = bus();
        assertPromised(deliver(bus, 100, 110));
        try (TopicListener listener = listenerBeforeTheBus(bus)) {
            assertArrived(listener, "event", 110);
        }
        await().untilAsserted(() -> assertThat(bus.statistics().spooled()).isZero());
        bus.deactivate();
        assertThat(files()).as("an empty spool leaves nothing behind").isEmpty();
    }

    @Test
    void frozen_broker_makes_events_safe_on_disk_and_gets_each_once_when_it_wakes() throws Exception {
        broker.start();
        MqttBus bus = connectedBus();
        try (TopicListener listener = TopicListener.at(broker).hear("bellwire/+/event/#")) {
            assertPromised(deliver(bus, 0, 10));
            await().until(() -> bus.statistics().spooled() == 0);
            broker.freeze();
            long began = System.nanoTime();
            assertPromised(deliver(bus, 10, 200));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
            assertThat(bus.statistics().spooled()).isEqualTo(570);
            assertPromised(deliver(bus, 200, 300));
            broker.resume();
            assertArrived(listener, "event", 300);
            await().untilAsserted(() -> assertThat(bus.statistics().spooled()).isZero());
        }
        assertThat(log.lines("WARN")).as("the connection was never lost").isEmpty();
    }

    @Test
    void full_spool_refuses_and_takes_again_when_there_is_room() throws Exception {
        MqttBus bus = bus("max.events", "20");
        assertPromised(numbers(20).stream().map(i -> deliver(bus, "a", i)).toList());
        assertRefused(deliver(bus, "a", 20), "full");
        assertRefused(deliver(bus, "b", 0), "full");
        await().until(() -> log.lines("WARN").stream().anyMatch(line -> line.contains("full with 20 events")));
        try (TopicListener listener = listenerBeforeTheBus(bus)) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(SampleEvents.arrived(listener.heard(), "event"))
                            .isEqualTo(Map.of("a", numbers(20))));
        }
        await().until(() -> bus.statistics().spooled() == 0);
        assertPromised(List.of(deliver(bus, "a", 21)));
        assertThat(bus.statistics().refused()).isEqualTo(2);
        await().until(() -> log.lines("INFO").stream().anyMatch(line -> line.contains("has room again")));
    }

    @Test
    void folder_that_cannot_be_made_is_told_once_and_refuses_until_it_is_right() throws Exception {
        Files.writeString(spool(), "a file where the folder should be");
        MqttBus bus = bus();
        await().until(() -> !told("put 'dir' right").isEmpty());
        assertRefused(deliver(bus, "a", 0), "put 'dir' right");
        assertThat(bus.statistics().spoolFault()).get().asString().contains("put 'dir' right");
        broker.start();
        await().atMost(SOON).until(bus::isConnected);
        assertPromised(List.of(deliver(bus, "a", 1)));
        broker.kill();
        await().until(() -> !bus.isConnected());
        assertRefused(deliver(bus, "a", 2), "put 'dir' right");
        Files.delete(spool());
        await().atMost(SOON).until(() -> bus.statistics().spoolFault().isEmpty());
        assertPromised(List.of(deliver(bus, "a", 3)));
        assertThat(told("put 'dir' right")).hasSize(1);
        assertThat(log.lines("INFO")).anyMatch(line -> line.contains("works again"));
    }

    private List<String> told(String part) {
        return log.lines("WARN").stream().filter(line -> line.contains(part)).toList();
    }

    @Test
    void corrupt_file_is_put_aside_and_a_new_spool_begun() throws Exception {
        Files.createDirectories(spool());
        Files.writeString(spool().resolve("events.mv"), "this is not a spool ".repeat(1000));
        MqttBus bus = bus();
        assertPromised(deliver(bus, 0, 10));
        assertThat(told("put aside")).hasSize(1);
        assertThat(files()).hasSize(2).anyMatch(name -> name.endsWith(".corrupt"));
    }

    @Test
    void spool_in_use_by_another_is_told_and_left_alone() throws Exception {
        MqttBus first = bus();
        assertPromised(deliver(first, 0, 10));
        MqttBus second = bus();
        await().until(() -> !told("in use").isEmpty());
        assertRefused(deliver(second, "a", 0), "in use");
        assertThat(files()).containsExactly("events.mv");
        assertThat(first.statistics().spooled()).isEqualTo(30);
    }

    @Test
    void events_older_than_the_spool_keeps_them_are_removed_with_one_line() throws Exception {
        Instant old = Instant.now().minus(Duration.ofHours(3));
        MqttBus bus = bus("keep.h", "2");
        assertPromised(numbers(30).stream()
                .map(i -> bus.deliver(SampleEvents.event("a", i, old)).toCompletableFuture())
                .toList());
        await().until(() -> bus.statistics().dropped() == 30);
        assertThat(bus.statistics().spooled()).isZero();
        assertThat(told("30 events were older than 2 h")).hasSize(1);
    }

    @Test
    void events_of_an_earlier_run_are_not_removed_because_of_the_clock() throws Exception {
        MqttBus before = bus("keep.h", "8760");
        Instant old = Instant.now().minus(Duration.ofDays(4));
        assertPromised(numbers(30).stream()
                .map(i -> before.deliver(SampleEvents.event("a", i, old)).toCompletableFuture())
                .toList());
        before.deactivate();
        MqttBus bus = bus("keep.h", "2");
        await().until(() -> bus.statistics().spooled() == 30);
        try (TopicListener listener = listenerBeforeTheBus(bus)) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(SampleEvents.arrived(listener.heard(), "late"))
                            .isEqualTo(Map.of("a", numbers(30))));
        }
        assertThat(bus.statistics().dropped()).isZero();
    }

    @Test
    void spool_is_full_by_bytes_too() throws Exception {
        MqttBus bus = bus("max.mb", "1");
        List<CompletableFuture<Void>> promises = IntStream.range(0, 60)
                .mapToObj(i -> bus.deliver(large(i)).toCompletableFuture())
                .toList();
        await().until(() -> promises.stream().allMatch(CompletableFuture::isDone));
        long refused = promises.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .count();
        assertThat(refused).isBetween(60 - 1048576 / 30_000 - 2L, 60 - 1048576 / 31_000 + 2L);
        await().until(() -> told("max.mb").size() == 1);
        try (TopicListener listener = listenerBeforeTheBus(bus)) {
            await().atMost(SOON).until(() -> listener.heard().size() == 60 - refused);
        }
        await().until(() -> bus.statistics().spooled() == 0);
        assertPromised(List.of(deliver(bus, "a", 21)));
    }

    private static EventMessage large(int seq) {
        EventMessage small = SampleEvents.event("a", seq);
        String payload = small.payload().replace("\"params\"", "\"filled\":\"" + "y".repeat(30_000) + "\",\"params\"");
        return new EventMessage(small.phone(), small.type(), payload, small.time());
    }

    @Test
    void storm_of_20000_events_goes_to_disk_and_from_there_in_order() throws Exception {
        MqttBus bus = bus();
        long began = System.nanoTime();
        // In waves, as phones wait for their answers: what waits for the disk is bounded.
        for (int wave = 0; wave < 20_000; wave += 5_000) {
            assertPromised(IntStream.range(wave, wave + 5_000)
                    .mapToObj(i -> deliver(bus, "p" + i % 100, i / 100))
                    .toList());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        long size = Files.size(spool().resolve("events.mv"));
        System.out.printf("spool: 20000 events on disk in %d ms, file %d KiB%n", took.toMillis(), size >> 10);
        try (TopicListener listener = listenerBeforeTheBus(bus)) {
            long back = System.nanoTime();
            await().atMost(SOON.multipliedBy(6)).until(() -> listener.heard().size() >= 20_000);
            System.out.printf("spool: 20000 events drained in %d ms%n", (System.nanoTime() - back) / 1_000_000);
            assertThat(SampleEvents.arrived(listener.heard(), "event").values()).allMatch(numbers(200)::equals);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(spool())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Somebody who hears all that the bus says when it comes to a broker that starts now. */
    private TopicListener listenerBeforeTheBus(MqttBus bus) throws Exception {
        Map<String, String> away = new HashMap<>(last);
        away.put("url", "tcp://127.0.0.1:1");
        bus.modified(away);
        broker.start();
        TopicListener listener =
                TopicListener.at(broker).hear("bellwire/+/event/#").hear("bellwire/+/late/#");
        bus.modified(last);
        return listener;
    }
}
