package org.bellwire.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SelectorLoopTest {

    private static final long LATER = TimeUnit.HOURS.toNanos(1);

    private SelectorLoop loop;

    @BeforeEach
    void start() throws Exception {
        loop = new SelectorLoop("bellwire-line-loop-test", System::nanoTime);
        loop.start();
    }

    @AfterEach
    void stop() throws Exception {
        loop.close();
    }

    /** Has a fault in all that it does. */
    private static final class Faulty implements SelectorLoop.Guest {
        final AtomicInteger calls = new AtomicInteger();

        @Override
        public void ready() {
            calls.incrementAndGet();
            throw new StackOverflowError("in a test");
        }

        @Override
        public void expired() {
            calls.incrementAndGet();
            throw new AssertionError("in a test");
        }

        @Override
        public void failed(Throwable reason) {
            throw new IllegalStateException("in a test");
        }
    }

    @Test
    void fault_of_one_guest_closes_its_connection_and_is_not_met_again() throws Exception {
        Faulty faulty = new Faulty();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                SocketChannel channel = SocketChannel.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
                Socket peer = server.accept()) {
            channel.configureBlocking(false);
            loop.execute(() -> {
                try {
                    loop.register(channel, SelectionKey.OP_WRITE, faulty);
                } catch (java.io.IOException e) {
                    throw new AssertionError(e);
                }
            });
            await().until(() -> !channel.isOpen());
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
            assertLives();
            assertThat(faulty.calls).hasValue(1);
            assertThat(loop.watched()).isZero();
        }
    }

    @Test
    void fault_at_a_deadline_delays_no_other_deadline() {
        Faulty faulty = new Faulty();
        CompletableFuture<String> other = new CompletableFuture<>();
        loop.execute(() -> {
            loop.enter(faulty, loop.now());
            loop.enter(new Patient(other), loop.now() + 1);
        });
        assertThat(other).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("expired");
        assertThat(faulty.calls).hasValue(1);
        await().until(() -> loop.guests() == 0);
    }

    @Test
    void fault_in_a_task_ends_that_task_only() {
        loop.later(() -> {
            throw new NoClassDefFoundError("in a test");
        });
        assertLives();
    }

    @Test
    void end_reaches_every_guest_though_one_has_a_fault() throws Exception {
        CompletableFuture<String> other = new CompletableFuture<>();
        loop.execute(() -> {
            loop.enter(new Faulty(), loop.now() + LATER);
            loop.enter(new Patient(other), loop.now() + LATER + 1);
        });
        assertLives();
        loop.close();
        assertThat(other).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("failed");
    }

    private record Patient(CompletableFuture<String> told) implements SelectorLoop.Guest {
        @Override
        public void ready() {
            told.complete("ready");
        }

        @Override
        public void expired() {
            told.complete("expired");
        }

        @Override
        public void failed(Throwable reason) {
            told.complete("failed");
        }
    }

    private void assertLives() {
        CompletableFuture<Boolean> ran = new CompletableFuture<>();
        loop.later(() -> ran.complete(true));
        assertThat(ran).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
    }
}
