package org.bellwire.ingress.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.bellwire.ingress.http.HttpAnswer;
import org.bellwire.ingress.http.RequestHandler;
import org.bellwire.ingress.http.RequestHead;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.Test;

/** One connection that always has something to be read: the others have their turn all the same. */
class ConnectionTurnsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicInteger served = new AtomicInteger();
    private final FakeConnectionSocket carrier = new FakeConnectionSocket();
    private final RequestsInFlight exchanges = new RequestsInFlight();

    /** A peer that has always sent more than there is room for. */
    private static final class Endless extends ByteArrayEndPoint {
        private final byte[] bytes;
        private int at;
        private long read;

        Endless(String text) {
            bytes = text.getBytes(US_ASCII);
        }

        @Override
        public InetSocketAddress getRemoteAddress() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        }

        @Override
        public int fill(ByteBuffer buffer) {
            int position = BufferUtil.flipToFill(buffer);
            int room = buffer.remaining();
            while (buffer.hasRemaining()) {
                buffer.put(bytes[at++ % bytes.length]);
                at %= bytes.length;
            }
            BufferUtil.flipToFlush(buffer, position);
            read += room;
            return room;
        }

        @Override
        public boolean flush(ByteBuffer... buffers) {
            for (ByteBuffer buffer : buffers) {
                buffer.position(buffer.limit());
            }
            return true;
        }
    }

    private IngressConnection connection(Endless peer, int status) {
        RequestHandler door = new RequestHandler() {
            @Override
            public CompletionStage<HttpAnswer> pass(RequestHead head, InetAddress from) {
                served.incrementAndGet();
                return CompletableFuture.completedFuture(HttpAnswer.of(status));
            }
        };
        return new IngressConnection(
                peer,
                carrier,
                Runnable::run,
                new ConnectionContext(
                        Runnable::run, new ArrayByteBufferPool(), door, exchanges, ConnectionTimeouts.STANDARD));
    }

    @Test
    void pipeline_without_end_is_served_a_few_requests_at_a_time() {
        Endless peer = new Endless("GET /x HTTP/1.1\r\n\r\n");
        IngressConnection connection = connection(peer, 200);
        assertTimeoutPreemptively(LONG, connection::onOpen);
        int first = served.get();
        assertThat(first).isBetween(1, 20);
        for (int turn = 2; turn < 10; turn++) {
            assertThat(carrier.rest()).hasSize(1).allSatisfy(rest -> assertTimeoutPreemptively(LONG, rest::run));
            assertThat(served.get()).isBetween(first * (turn - 1), 20 * turn);
        }
        assertThat(peer.read).as("bytes").isLessThan(1_000_000);
        assertThat(exchanges.underWay()).isZero();
    }

    @Test
    void peer_that_writes_on_after_its_last_answer_is_not_read_for_ever() {
        Endless peer = new Endless("POST /x HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n");
        assertTimeoutPreemptively(LONG, connection(peer, 200)::onOpen);
        assertThat(peer.read).isLessThan(1_000_000);
        assertThat(peer.isOpen()).isFalse();
        assertThat(carrier.isClosed()).isTrue();
    }
}
