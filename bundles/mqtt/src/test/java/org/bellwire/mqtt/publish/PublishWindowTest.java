package org.bellwire.mqtt.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bellwire.api.Message;
import org.bellwire.api.Topic;
import org.bellwire.api.port.Counters;
import org.bellwire.api.port.LimitLog;
import org.bellwire.testkit.CapturedLog;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PublishWindowTest {

    private final FakeChannel wire = new FakeChannel();
    private long now;
    private final LimitLog limits = new LimitLog(
            LoggerFactory.getLogger(PublishWindowTest.class)::warn, () -> Counters.NONE, 600, System::nanoTime);
    private final RefusedMessageSearch fatal = new RefusedMessageSearch(() -> now, limits);
    private final WindowRules rules = new WindowRules(fatal, limits, TimeUnit.SECONDS.toNanos(10));
    private final PublishWindow window = new PublishWindow(wire, () -> now, rules);

    private CompletableFuture<Void> offer(String payload) {
        return window.offer(Message.of(new Topic("p/event/e"), payload)).toCompletableFuture();
    }

    private List<CompletableFuture<Void>> offer(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> offer(String.valueOf(i))).toList();
    }

    @Test
    void message_completes_when_the_broker_acknowledges() {
        CompletableFuture<Void> stage = offer("1");
        assertThat(stage).isNotDone();
        wire.acknowledge(1);
        assertThat(stage).isCompleted();
    }

    @Test
    void no_more_than_the_permits_are_under_way_and_the_rest_follows_in_order() {
        offer(0, PublishWindow.PERMITS + 100);
        assertThat(wire.sent()).hasSize(PublishWindow.PERMITS);
        wire.acknowledge(100);
        assertThat(wire.sent())
                .isEqualTo(IntStream.range(0, PublishWindow.PERMITS + 100)
                        .mapToObj(String::valueOf)
                        .toList());
    }

    @Test
    void message_that_finds_the_queue_full_fails_at_once() {
        offer(0, PublishWindow.PERMITS + PublishWindow.QUEUE);
        assertThat(offer("one too many")).isCompletedExceptionally();
        wire.acknowledge(1);
        assertThat(offer("room again")).isNotDone();
    }

    @Test
    void busy_client_gets_the_same_message_again_with_the_next_acknowledgement() {
        CompletableFuture<Void> first = offer("1");
        wire.beBusy(1);
        CompletableFuture<Void> second = offer("2");
        assertThat(wire.sent()).containsExactly("1");
        wire.acknowledge(1);
        assertThat(wire.sent()).containsExactly("1", "2");
        wire.acknowledge(1);
        assertThat(List.of(first, second)).allMatch(CompletableFuture::isDone);
    }

    @Test
    void busy_client_without_anything_under_way_is_tried_again_by_the_sweep() {
        wire.beBusy(1);
        offer("1");
        window.sweep();
        assertThat(wire.sent()).containsExactly("1");
    }

    @Test
    void message_that_the_client_cannot_send_fails_alone() {
        offer("1");
        CompletableFuture<Void> bad = offer("bad");
        offer("2");
        assertThat(bad).isCompletedExceptionally();
        assertThat(wire.sent()).containsExactly("1", "2");
    }

    @Test
    void message_without_an_acknowledgement_fails_after_2_s_and_keeps_its_permit() {
        List<CompletableFuture<Void>> sent = offer(0, PublishWindow.PERMITS);
        CompletableFuture<Void> waiting = offer("waiting");
        now = TimeUnit.MILLISECONDS.toNanos(1999);
        window.sweep();
        assertThat(sent).noneMatch(CompletableFuture::isDone);
        now = TimeUnit.SECONDS.toNanos(2);
        window.sweep();
        assertThat(sent).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(waiting).isCompletedExceptionally();
        CompletableFuture<Void> later = offer("later");
        assertThat(wire.sent()).hasSize(PublishWindow.PERMITS);
        wire.acknowledge(1);
        assertThat(wire.sent()).hasSize(PublishWindow.PERMITS + 1).endsWith("later");
        assertThat(later).isNotDone();
    }

    @Test
    void acknowledgements_out_of_order_complete_their_own_messages() {
        CompletableFuture<Void> first = offer("1");
        CompletableFuture<Void> second = offer("2");
        wire.acknowledgeLast();
        assertThat(second).isCompleted();
        now = TimeUnit.SECONDS.toNanos(3);
        window.sweep();
        assertThat(first).isCompletedExceptionally();
    }

    @Test
    void patient_message_waits_for_the_acknowledgement_and_fails_with_the_connection() {
        PendingPublish first = window.offerPatiently(Message.of(new Topic("p/event/e"), "1"));
        PendingPublish second = window.offerPatiently(Message.of(new Topic("p/event/e"), "2"));
        now = TimeUnit.HOURS.toNanos(1);
        window.sweep();
        wire.acknowledge(1);
        assertThat(first).isCompletedWithValue(null);
        assertThat(second).isNotDone();
        wire.fail();
        assertThat(second).isCompletedExceptionally();
    }

    @Test
    void message_that_was_taken_back_is_never_sent() {
        offer(0, PublishWindow.PERMITS);
        PendingPublish taken = window.offerPatiently(Message.of(new Topic("p/event/e"), "taken back"));
        offer("next");
        assertThat(window.withdraw(taken)).isTrue();
        wire.acknowledge(2);
        assertThat(wire.sent()).endsWith("next").doesNotContain("taken back");
        assertThat(taken).isNotDone();
    }

    @Test
    void message_that_is_under_way_cannot_be_taken_back() {
        PendingPublish sent = window.offerPatiently(Message.of(new Topic("p/event/e"), "1"));
        assertThat(window.withdraw(sent)).isFalse();
        wire.acknowledge(1);
        assertThat(sent).isCompletedWithValue(null);
    }

    @Test
    void lost_connection_fails_everything_under_way_and_all_to_come() {
        List<CompletableFuture<Void>> all = offer(0, PublishWindow.PERMITS + 10);
        wire.fail();
        assertThat(all).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(offer("later")).isCompletedExceptionally();
        assertThat(window.isOpen()).isFalse();
        wire.acknowledge(1);
        assertThat(wire.sent()).as("nothing follows on a lost connection").hasSize(PublishWindow.PERMITS);
    }

    @Test
    void message_published_from_a_completion_takes_its_turn() {
        CompletableFuture<Void> first = offer("1");
        first.thenRun(() -> assertThat(offer("3")).isNotDone());
        offer("2");
        wire.acknowledge(1);
        assertThat(wire.sent()).containsExactly("1", "2", "3");
    }

    private PendingPublish patient(String path, String payload) {
        return window.offerPatiently(Message.of(new Topic(path), payload));
    }

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        window.sweep();
    }

    @Test
    void acknowledgement_that_never_comes_gives_the_connection_up_once_although_others_come() {
        patient("p/event/forgotten", "1");
        for (int i = 0; i < 9; i++) {
            patient("p/event/e", "2");
            wire.acknowledgeLast();
            pass(1);
        }
        assertThat(wire.givenUp()).isEmpty();
        pass(2);
        pass(2);
        assertThat(wire.givenUp()).singleElement().asString().contains("p/event/forgotten", "10 s");
    }

    @Test
    void slow_broker_that_acknowledges_in_order_is_not_given_up() {
        for (int i = 0; i < 30; i++) {
            patient("p/event/e", String.valueOf(i));
        }
        for (int i = 0; i < 30; i++) {
            pass(9);
            wire.acknowledge(1);
        }
        pass(100);
        assertThat(wire.givenUp()).isEmpty();
    }

    @Test
    void client_that_takes_nothing_for_10_s_is_given_up() {
        wire.beBusy(1000);
        patient("p/event/e", "1");
        pass(1);
        assertThat(wire.givenUp()).isEmpty();
        pass(11);
        assertThat(wire.givenUp()).hasSize(1);
    }

    @Test
    void no_more_than_half_a_megabyte_is_under_way_and_8_mb_wait() {
        String large = "x".repeat(PendingPublish.MAX_BYTES - 10);
        long taken = IntStream.range(0, 200)
                .mapToObj(i -> offer(large))
                .filter(stage -> !stage.isCompletedExceptionally())
                .count();
        assertThat(wire.sent()).hasSize(InFlightMessages.MAX_BYTES / PendingPublish.MAX_BYTES);
        assertThat(taken * PendingPublish.MAX_BYTES)
                .isLessThan(WaitingMessages.MAX_BYTES + InFlightMessages.MAX_BYTES + 2L * PendingPublish.MAX_BYTES)
                .isGreaterThan(WaitingMessages.MAX_BYTES);
        wire.acknowledge(1);
        assertThat(wire.sent()).hasSize(InFlightMessages.MAX_BYTES / PendingPublish.MAX_BYTES + 1);
    }

    @Test
    void message_that_is_too_large_is_named_and_counted_and_not_even_encoded() {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(offer("x".repeat(PendingPublish.MAX_BYTES + 1))).isCompletedExceptionally();
            assertThat(offer("\u20ac".repeat(PendingPublish.MAX_BYTES / 2))).isCompletedExceptionally();
            assertThat(log.lines("WARN")).singleElement().asString().contains("p/event/e with ", "is not published");
        }
        assertThat(wire.sent()).isEmpty();
    }
}
