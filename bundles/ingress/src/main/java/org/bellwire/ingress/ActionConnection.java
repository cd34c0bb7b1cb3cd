package org.bellwire.ingress;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * One connection: reads a request, passes it through the door, sends the answer, and again. No thread waits: each step is taken
 * when its bytes or the answer are there, and one thread at a time takes them.
 */
final class ActionConnection extends AbstractConnection {

    /** A head that takes longer than this is not awaited any more, however often a byte comes. */
    private static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** So much that nobody wants is read before closing, that the answer is not lost by it. */
    private static final int MAX_DRAINED = 256 * 1024;

    private enum State {
        READING,
        /** The answer that is being sent is the last. */
        LAST,
        /** The last answer is sent; the peer still has to take it. */
        DRAINING
    }

    private final ByteBufferPool pool;
    private final Door door;
    private final Exchanges exchanges;
    private final InetAddress peer;
    private final RequestReader reader = new RequestReader();
    private final Steps steps = new Steps();
    private final Callback bytes =
            Callback.from(InvocationType.NON_BLOCKING, this::onFillable, this::onFillInterestedFailed);
    private volatile Optional<Exchange> exchange = Optional.empty();
    private ByteBuffer buffer = BufferUtil.EMPTY_BUFFER;
    private State state = State.READING;
    private boolean begun;
    private boolean drain;
    private int drained;
    private long headSince;

    ActionConnection(EndPoint endPoint, Executor executor, ByteBufferPool pool, Door door, Exchanges exchanges) {
        super(endPoint, executor);
        this.pool = pool;
        this.door = door;
        this.exchanges = exchanges;
        this.peer = endPoint.getRemoteAddress().getAddress();
    }

    @Override
    public void onOpen() {
        super.onOpen();
        steps.iterate();
    }

    @Override
    public void onFillable() {
        steps.iterate();
    }

    @Override
    protected void onFillInterestedFailed(Throwable cause) {
        close();
    }

    private void awaitBytes() {
        getEndPoint().fillInterested(bytes);
    }

    /** Nothing moved for the idle time: if it was the answer that did not come, say so. */
    @Override
    public boolean onIdleExpired() {
        Optional<Exchange> late = exchange.filter(Exchange::isOpen);
        late.ifPresent(open -> open.answer(Answers.UNAVAILABLE, Afterwards.CLOSE));
        return late.isEmpty();
    }

    private void serve(Head head) {
        headSince = 0;
        begun = exchanges.begin();
        Exchange next = new Exchange(head);
        exchange = Optional.of(next);
        if (head.isRefused() || !begun) {
            next.answer(head.isRefused() ? head.refusal() : Answers.UNAVAILABLE, Afterwards.CLOSE);
            return;
        }
        CompletionStage<Integer> status = door.pass(head, peer);
        CompletableFuture<Integer> known = status.toCompletableFuture();
        if (known.isDone()) {
            next.answer(known.join(), head.afterwards());
        } else if (head.afterwards() == Afterwards.CLOSE) {
            status.thenAccept(code -> next.answer(code, head.afterwards()));
        } else {
            // Not on the thread that brings the answer: it has other things to do than to serve what may come next.
            status.thenAcceptAsync(code -> next.answer(code, head.afterwards()), getExecutor());
        }
    }

    private void exchanged() {
        if (begun) {
            begun = false;
            exchanges.end();
        }
    }

    private int fill() throws IOException {
        if (buffer.capacity() == 0) {
            buffer = pool.acquire(RequestReader.CAPACITY, false);
        }
        return getEndPoint().fill(buffer);
    }

    private void release() {
        if (!buffer.hasRemaining() && buffer.capacity() > 0) {
            pool.release(buffer);
            buffer = BufferUtil.EMPTY_BUFFER;
        }
    }

    private void end() {
        buffer.position(buffer.limit());
        release();
        close();
    }

    private boolean isTooSlow() {
        if (!reader.isWithin()) {
            headSince = 0;
            return false;
        }
        long now = System.nanoTime();
        headSince = headSince == 0 ? now : headSince;
        return now - headSince > HEAD_NANOS;
    }

    /** One request, answered once: by what was decided or, if that comes too late, by the lack of it. */
    private final class Exchange {
        private final Head head;
        private final AtomicBoolean answered = new AtomicBoolean();

        Exchange(Head head) {
            this.head = head;
        }

        boolean isOpen() {
            return !answered.get();
        }

        void answer(int status, Afterwards afterwards) {
            if (!answered.compareAndSet(false, true)) {
                return;
            }
            door.answered(status);
            if (afterwards == Afterwards.CLOSE) {
                state = State.LAST;
                drain = head.isRefused() || head.hasBody() || buffer.hasRemaining();
            }
            getEndPoint().write(steps, Answers.of(status, afterwards));
        }
    }

    /** The steps, one after the other, whichever thread brings the next one about. */
    private final class Steps extends IteratingCallback {

        @Override
        protected Action process() throws Throwable {
            exchanged();
            if (state == State.LAST && drain) {
                state = State.DRAINING;
                getEndPoint().shutdownOutput();
            } else if (state == State.LAST) {
                end();
                return Action.SUCCEEDED;
            }
            return state == State.DRAINING ? drain() : read();
        }

        private Action read() throws IOException {
            while (true) {
                Optional<Head> head = buffer.hasRemaining() ? reader.read(buffer) : Optional.empty();
                if (head.isPresent()) {
                    release();
                    serve(head.get());
                    return Action.SCHEDULED;
                }
                if (isTooSlow()) {
                    end();
                    return Action.SUCCEEDED;
                }
                int filled = fill();
                if (filled < 0) {
                    end();
                    return Action.SUCCEEDED;
                }
                if (filled == 0) {
                    release();
                    awaitBytes();
                    return Action.IDLE;
                }
            }
        }

        private Action drain() throws IOException {
            int filled;
            do {
                buffer.position(buffer.limit());
                filled = fill();
                drained += Math.max(0, filled);
            } while (filled > 0 && drained < MAX_DRAINED);
            if (filled != 0) {
                end();
                return Action.SUCCEEDED;
            }
            release();
            awaitBytes();
            return Action.IDLE;
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        @Override
        protected void onCompleteFailure(Throwable cause) {
            exchanged();
            close();
        }
    }
}
