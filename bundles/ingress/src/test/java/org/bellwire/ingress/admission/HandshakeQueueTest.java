package org.bellwire.ingress.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.bellwire.ingress.access.ForwardedAddress;
import org.junit.jupiter.api.Test;

class HandshakeQueueTest {

    private static final InetAddress GREEDY = ForwardedAddress.parse("10.0.0.1").orElseThrow();
    private static final InetAddress PHONE = ForwardedAddress.parse("10.0.0.2").orElseThrow();

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final HandshakeQueue handshakes = new HandshakeQueue(threads::add, 2);

    private void work() {
        for (Runnable thread = threads.poll(); thread != null; thread = threads.poll()) {
            thread.run();
        }
    }

    @Test
    void address_that_begins_many_delays_another_by_one() {
        for (int i = 0; i < 100; i++) {
            handshakes.execute(GREEDY, () -> done.add("greedy"));
        }
        handshakes.execute(PHONE, () -> done.add("phone"));
        work();
        assertThat(done).hasSize(101);
        assertThat(done.indexOf("phone")).isEqualTo(1);
    }

    @Test
    void address_whose_step_runs_leaves_the_other_thread_to_others() {
        handshakes.execute(GREEDY, () -> {
            // While this one runs on the first thread, the second one has its turn.
            Runnable second = threads.remove();
            second.run();
            done.add("greedy 1");
        });
        handshakes.execute(GREEDY, () -> done.add("greedy 2"));
        handshakes.execute(PHONE, () -> done.add("phone"));
        work();
        assertThat(done).containsExactly("phone", "greedy 1", "greedy 2");
    }

    @Test
    void there_are_no_more_threads_than_allowed_and_none_without_work() {
        for (int i = 0; i < 10; i++) {
            handshakes.execute(GREEDY, () -> done.add("x"));
        }
        assertThat(threads).hasSize(2);
        work();
        assertThat(done).hasSize(10);
        handshakes.execute(GREEDY, () -> done.add("x"));
        assertThat(threads).hasSize(1);
    }

    @Test
    void step_that_fails_hinders_no_other() {
        handshakes.execute(GREEDY, () -> {
            throw new IllegalStateException("as a test wants it");
        });
        handshakes.execute(PHONE, () -> done.add("phone"));
        work();
        assertThat(done).containsExactly("phone");
    }

    @Test
    void executor_that_has_ended_is_no_failure() {
        HandshakeQueue ended = new HandshakeQueue(
                task -> {
                    throw new RejectedExecutionException();
                },
                1);
        ended.execute(GREEDY, () -> done.add("never"));
        ended.execute(GREEDY, () -> done.add("never"));
        assertThat(done).isEmpty();
    }
}
