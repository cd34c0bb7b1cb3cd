package org.bellwire.ingress.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.bellwire.api.port.Limit;
import org.bellwire.ingress.admission.ConnectionLimits;
import org.bellwire.ingress.admission.OpenConnections;
import org.bellwire.ingress.http.HttpAnswer;
import org.bellwire.ingress.http.RequestHandler;
import org.bellwire.ingress.http.RequestHead;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.Test;

/** A process that may open no more files. */
class AcceptorTest {

    private static final String REQUEST = "GET /x HTTP/1.1\r\n\r\n";

    private final AtomicBoolean out = new AtomicBoolean();
    private final AtomicInteger tries = new AtomicInteger();
    private final List<Limit> reached = new CopyOnWriteArrayList<>();

    private final class Counted implements RequestHandler {
        @Override
        public CompletionStage<HttpAnswer> pass(RequestHead head, InetAddress from) {
            return CompletableFuture.completedFuture(HttpAnswer.of(200));
        }

        @Override
        public void reached(Limit limit, String who) {
            reached.add(limit);
        }
    }

    @Test
    void port_pauses_says_why_and_goes_on_by_itself() throws Exception {
        Server server = new Server();
        RequestHandler door = new Counted();
        OpenConnections connections = new OpenConnections(ConnectionLimits.STANDARD, door, Runnable::run);
        ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler("test-scheduler", true);
        IngressConnector port =
                new IngressConnector(
                        server, scheduler, new ArrayByteBufferPool(), connections, ConnectionTimeouts.STANDARD) {
                    @Override
                    Optional<SocketChannel> take(ServerSocketChannel from) throws IOException {
                        tries.incrementAndGet();
                        if (out.get()) {
                            throw new IOException("Too many open files");
                        }
                        return super.take(from);
                    }
                };
        server.start();
        port.open(
                "127.0.0.1",
                0,
                false,
                exchanges -> new IngressConnectionFactory(new ConnectionContext(
                        port.getExecutor(), port.getByteBufferPool(), door, exchanges, ConnectionTimeouts.STANDARD)));
        try (RawHttpClient before = new RawHttpClient(port.getLocalPort())) {
            assertThat(before.send(REQUEST).status()).isEqualTo(200);
            assertThat(port.fault()).isEmpty();
            int served = tries.get();
            out.set(true);
            try (RawHttpClient waits = new RawHttpClient(port.getLocalPort())) {
                await().until(() -> tries.get() >= served + 3);
                assertThat(port.fault()).get().asString().contains("Too many open files", "LimitNOFILE");
                assertThat(reached).hasSizeGreaterThanOrEqualTo(2).containsOnly(Limit.INGRESS_DESCRIPTORS);
                assertThat(before.send(REQUEST).status()).as("who is connected").isEqualTo(200);
                out.set(false);
                assertThat(waits.send(REQUEST).status()).isEqualTo(200);
                assertThat(port.fault()).isEmpty();
            }
        } finally {
            port.end();
            server.stop();
        }
    }

    @Test
    void many_that_connect_at_once_are_accepted_a_few_at_a_time() throws IOException {
        Acceptor acceptance = new Acceptor(new ScheduledExecutorScheduler(), new Counted());
        try (SocketChannel one = SocketChannel.open()) {
            for (int turn = 0; turn < 3; turn++) {
                for (int i = 0; i < Acceptor.AT_A_TIME; i++) {
                    assertThat(acceptance.next(() -> Optional.of(one), any -> {}))
                            .isPresent();
                }
                assertThat(acceptance.next(() -> Optional.of(one), any -> {}))
                        .as("turn")
                        .isEmpty();
            }
        }
    }

    @Test
    void failure_pauses_until_the_next_try() {
        List<Integer> heard = new CopyOnWriteArrayList<>();
        ScheduledExecutorScheduler never = new ScheduledExecutorScheduler(); // not started, so it runs nothing
        Acceptor acceptance = new Acceptor(never, new Counted());
        assertThat(acceptance.next(
                        () -> {
                            throw new IOException("Too many open files");
                        },
                        heard::add))
                .isEmpty();
        assertThat(heard).containsExactly(0);
        assertThat(acceptance.fault()).isPresent();
    }
}
