package org.bellwire.mqtt.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bellwire.api.EventMessage;
import org.bellwire.api.port.Bus.Undelivered;
import org.bellwire.api.port.LimitLog;
import org.bellwire.mqtt.SampleEvents;
import org.bellwire.mqtt.publish.AnswerTimeouts;
import org.bellwire.mqtt.publish.FakeChannel;
import org.bellwire.mqtt.publish.PendingPublish;
import org.bellwire.mqtt.publish.PublishWindow;
import org.bellwire.mqtt.publish.Publisher;
import org.bellwire.mqtt.publish.Publisher.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who has an event when, with a connection and a disk that answer when told. */
@Timeout(60)
class EventDeliveryTest {

    private final long began = System.nanoTime();
    /** No time passes, so that nothing is late however slow the machine is. */
    private volatile boolean still;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Publisher publisher = new Publisher(timer, LimitLog.none(), AnswerTimeouts.DEFAULT);
    private final FakeEventStore store = new FakeEventStore();
    private final SpoolSettings settings =
            new SpoolSettings(Path.of("unused"), 1000, 1 << 20, Duration.ofSeconds(30), Duration.ofDays(3));
    private final SpoolClock times = new SpoolClock(Clock.systemUTC(), () -> still ? began : System.nanoTime());
    private final EventDelivery delivery =
            new EventDelivery(publisher, settings, store.exists(), times, LimitLog.none());
    private final Spool spool = new Spool(delivery, store, System::nanoTime);
    private FakeChannel wire = new FakeChannel();

    @BeforeEach
    void start() {
        publisher.onOpen(delivery::wake);
        spool.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        store.letGo();
        spool.stop();
        timer.shutdownNow();
    }

    private Session connect() {
        wire = new FakeChannel();
        Session session = publisher.open(wire);
        wire.acknowledge(1); // online
        return session;
    }

    private CompletableFuture<Void> deliver(int seq) {
        return delivery.deliver(SampleEvents.event("a", seq)).toCompletableFuture();
    }

    private List<CompletableFuture<Void>> deliver(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::deliver).toList();
    }

    private static void awaitPromised(List<CompletableFuture<Void>> promises) throws Exception {
        CompletableFuture.allOf(promises.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
    }

    /** The numbers of what was sent, without the word that we are online. */
    private List<Integer> sent() {
        return wire.sent().stream()
                .filter(payload -> payload.contains("\"seq\":"))
                .map(payload -> Integer.valueOf(payload.replaceAll(".*\"seq\":(\\d+).*", "$1")))
                .toList();
    }

    private void awaitSent(List<Integer> numbers) {
        await().untilAsserted(() -> assertThat(sent()).isEqualTo(numbers));
    }

    @Test
    void acknowledged_event_is_promised_and_not_written() throws Exception {
        still = true;
        connect();
        CompletableFuture<Void> promise = deliver(1);
        assertThat(promise).isNotDone();
        wire.acknowledge(1);
        assertThat(promise).isCompleted();
        assertThat(store.writes()).isZero();
    }

    private CompletableFuture<Void> deliverOf(String root, int seq) {
        EventMessage event = SampleEvents.event("a", seq);
        return delivery.deliver(new EventMessage(event.phone(), event.type(), event.payload(), event.time(), root))
                .toCompletableFuture();
    }

    @Test
    void flood_of_one_site_leaves_half_of_the_spool_to_the_others() throws Exception {
        awaitPromised(
                IntStream.range(0, 500).mapToObj(i -> deliverOf("acme", i)).toList());
        assertThat(deliverOf("acme", 500)).failsWithin(Duration.ofSeconds(10));
        awaitPromised(List.of(deliverOf("beta", 1), deliver(2)));
        connect();
        await().until(() -> wire.sent().size() > 1);
    }

    @Test
    void time_until_the_acknowledgement_is_counted() {
        still = true;
        connect();
        assertThat(delivery.ackTimes().events()).isZero();
        deliver(1);
        still = false;
        wire.acknowledge(1);
        assertThat(delivery.ackTimes().events()).isEqualTo(1);
        assertThat(delivery.ackTimes().nanos()).isPositive();
    }

    @Test
    void event_without_an_acknowledgement_is_written_after_250_ms_and_not_sent_again() throws Exception {
        connect();
        long began = System.nanoTime();
        awaitPromised(List.of(deliver(1)));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(250));
        assertThat(store.size()).isEqualTo(1);
        awaitPromised(List.of(deliver(2)));
        assertThat(sent()).as("the second waits behind the first").containsExactly(1);
        wire.acknowledge(1);
        awaitSent(List.of(1, 2));
        wire.acknowledge(1);
        await().until(() -> store.size() == 0);
        assertThat(delivery.statistics().published()).isEqualTo(2);
    }

    @Test
    void promise_waits_for_the_disk() throws Exception {
        store.hold();
        List<CompletableFuture<Void>> promises = deliver(0, 3);
        await().until(() -> delivery.size() == 3);
        assertThat(promises).noneMatch(CompletableFuture::isDone);
        store.letGo();
        awaitPromised(promises);
        assertThat(store.size()).isEqualTo(3);
    }

    @Test
    void storm_needs_few_commits() throws Exception {
        long before = System.nanoTime();
        awaitPromised(deliver(0, 900));
        assertThat(store.size()).isEqualTo(900);
        long lingered = Duration.ofNanos(System.nanoTime() - before).toMillis() / 2;
        assertThat((long) store.writes()).isLessThan(Math.max(90, lingered + 2));
    }

    @Test
    void event_leaves_the_disk_only_when_the_broker_has_it() throws Exception {
        awaitPromised(deliver(0, 3));
        connect();
        awaitSent(List.of(0, 1, 2));
        assertThat(store.size()).isEqualTo(3);
        wire.acknowledge(2);
        await().until(() -> store.size() == 1);
        wire.acknowledge(1);
        await().until(() -> delivery.size() == 0);
        assertThat(delivery.statistics().drained()).isEqualTo(3);
    }

    @Test
    void lost_connection_sends_again_what_was_under_way_oldest_first() throws Exception {
        Session session = connect();
        List<CompletableFuture<Void>> under = deliver(0, 5);
        wire.acknowledge(2);
        session.close();
        awaitPromised(under);
        awaitPromised(deliver(5, 8));
        connect();
        awaitSent(List.of(2, 3, 4, 5, 6, 7));
        Session second = connect();
        awaitSent(List.of(2, 3, 4, 5, 6, 7));
        wire.acknowledge(3);
        second.close();
        await().until(() -> store.size() == 3);
        connect();
        awaitSent(List.of(5, 6, 7));
    }

    @Test
    void silent_broker_gets_no_more_than_what_is_under_way() throws Exception {
        still = true;
        awaitPromised(deliver(0, 900));
        connect();
        await().until(() -> sent().size() == DrainCursor.WIDTH);
        wire.acknowledge(DrainCursor.WIDTH);
        await().until(() -> sent().size() == 2 * DrainCursor.WIDTH);
        assertThat(sent())
                .isEqualTo(IntStream.range(0, 2 * DrainCursor.WIDTH).boxed().toList());
    }

    @Test
    void event_that_waits_in_memory_goes_to_disk_behind_the_one_that_was_sent() throws Exception {
        still = true;
        connect();
        List<CompletableFuture<Void>> promises = deliver(0, PublishWindow.PERMITS + 10);
        still = false;
        awaitPromised(promises);
        assertThat(store.size()).isEqualTo(PublishWindow.PERMITS + 10);
        assertThat(sent()).hasSize(PublishWindow.PERMITS);
        wire.acknowledge(PublishWindow.PERMITS);
        awaitSent(IntStream.range(0, PublishWindow.PERMITS + 10).boxed().toList());
    }

    @Test
    void old_event_is_history() throws Exception {
        Instant old = Instant.now().minusSeconds(31);
        EventMessage event = SampleEvents.event("a", 1, old);
        awaitPromised(List.of(delivery.deliver(event).toCompletableFuture(), deliver(2)));
        connect();
        awaitSent(List.of(1, 2));
        assertThat(wire.paths()).containsExactly("bridge/status", "a/late/hook_off", "a/event/hook_off");
        wire.acknowledge(2);
        await().until(() -> delivery.statistics().late() == 1);
    }

    @Test
    void disk_that_fails_refuses_what_the_broker_does_not_take_and_heals() throws Exception {
        store.fail("meant to fail");
        CompletableFuture<Void> promise = deliver(1);
        assertThatThrownBy(() -> promise.get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(Undelivered.class)
                .hasMessageContaining("meant to fail");
        connect();
        CompletableFuture<Void> acknowledged = deliver(2);
        wire.acknowledge(1);
        assertThat(acknowledged).isCompleted();
        CompletableFuture<Void> unanswered = deliver(3);
        assertThatThrownBy(() -> unanswered.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(Undelivered.class);
        store.heal();
        await().until(() -> delivery.statistics().spoolFault().isEmpty());
        awaitPromised(List.of(deliver(4)));
    }

    @Test
    void disk_that_fails_in_between_keeps_what_was_promised() throws Exception {
        awaitPromised(deliver(0, 3));
        store.fail("meant to fail");
        CompletableFuture<Void> promise = deliver(3);
        assertThatThrownBy(() -> promise.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(Undelivered.class);
        store.heal();
        await().until(() -> delivery.statistics().spoolFault().isEmpty());
        awaitPromised(List.of(deliver(4)));
        connect();
        awaitSent(List.of(0, 1, 2, 4));
    }

    @Test
    void stop_writes_what_is_under_way_and_refuses_what_comes_later() throws Exception {
        connect();
        CompletableFuture<Void> under = deliver(1);
        spool.stop();
        assertThat(under).isCompleted();
        assertThat(store.size()).isEqualTo(1);
        assertThat(deliver(2)).isCompletedExceptionally();
    }

    @Test
    void event_that_is_too_large_is_refused() {
        EventMessage event = SampleEvents.event("a", 1);
        EventMessage large = new EventMessage(
                event.phone(), event.type(), "\"late\":false" + "x".repeat(PendingPublish.MAX_BYTES / 4), event.time());
        assertThat(delivery.deliver(large).toCompletableFuture()).isCompletedExceptionally();
    }
}
