package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SerialQueueTest {

    private final SerialQueue queue = new SerialQueue();
    private final List<String> begun = new ArrayList<>();

    private Supplier<CompletionStage<?>> work(String name, CompletableFuture<?> done) {
        return () -> {
            begun.add(name);
            return done;
        };
    }

    private boolean offer(String name, CompletableFuture<?> done) {
        return queue.offer(work(name, done));
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    @Test
    void work_begins_at_once_when_none_is_under_way() {
        assertThat(offer("first", done())).isTrue();
        assertThat(offer("second", done())).isTrue();
        assertThat(begun).containsExactly("first", "second");
    }

    @Test
    void work_waits_for_the_work_before_it_and_keeps_the_order() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        offer("first", first);
        offer("second", second);
        offer("third", done());
        assertThat(begun).containsExactly("first");
        first.complete(null);
        assertThat(begun).containsExactly("first", "second");
        second.complete(null);
        assertThat(begun).containsExactly("first", "second", "third");
    }

    @Test
    void work_that_comes_while_a_later_one_is_under_way_waits_for_that() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        offer("first", first);
        offer("second", second);
        first.complete(null);
        offer("third", done());
        assertThat(begun).containsExactly("first", "second");
        second.complete(null);
        assertThat(begun).endsWith("third");
    }

    @Test
    void work_that_fails_does_not_hold_up_what_waits() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        offer("first", first);
        offer("second", CompletableFuture.failedFuture(new IllegalStateException("at once")));
        offer("third", done());
        first.completeExceptionally(new IllegalStateException("late"));
        assertThat(begun).containsExactly("first", "second", "third");
    }

    @Test
    void one_too_many_is_not_taken_until_there_is_room() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        offer("first", first);
        assertThat(offer("second", second)).isTrue();
        for (int i = 1; i < SerialQueue.MAX; i++) {
            assertThat(offer("more", done())).isTrue();
        }
        assertThat(offer("too many", done())).isFalse();
        first.complete(null);
        assertThat(offer("last", done())).isTrue();
        second.complete(null);
        assertThat(begun)
                .hasSize(SerialQueue.MAX + 2)
                .doesNotContain("too many")
                .endsWith("last");
    }

    @Test
    void queue_that_never_had_to_rest_need_not_wait() {
        assertThat(queue.restLeft(Long.MIN_VALUE)).isZero();
        assertThat(queue.restLeft(-5)).isZero();
    }

    @Test
    void rest_lasts_until_its_time() {
        queue.rest(1_000);
        assertThat(queue.restLeft(400)).isEqualTo(600);
        assertThat(queue.restLeft(999)).isEqualTo(1);
        assertThat(queue.restLeft(1_000)).isNotPositive();
    }

    @Test
    void rest_that_is_over_never_comes_back() {
        queue.rest(1_000);
        queue.restLeft(1_000);
        assertThat(queue.restLeft(1_000 + Long.MIN_VALUE / 2))
                .as("long after, when the count of nanoseconds has gone round")
                .isZero();
    }

    @Test
    void later_rest_counts() {
        queue.rest(1_000);
        queue.rest(3_000);
        assertThat(queue.restLeft(1_000)).isEqualTo(2_000);
    }
}
