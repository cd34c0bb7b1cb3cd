package org.bellwire.ingress.server;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bellwire.ingress.http.HttpAnswer;
import org.bellwire.ingress.http.Persistence;
import org.bellwire.ingress.http.RequestHead;
import org.bellwire.ingress.http.RequestParser;
import org.bellwire.ingress.http.ResponseBytes;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * One connection: parses a request, has it handled, sends the answer, and again. No thread waits: each step runs when its
 * bytes or the answer are there, one thread at a time. However it ends, the socket is closed and its permits are returned.
 */
final class IngressConnection extends AbstractConnection {

    /** So much that nobody wants is read before closing, that the answer is not lost by it. */
    private static final int MAX_DRAINED = 256 * 1024;
    /** How often one reads until it is the others' turn. */
    private static final int TURN = 64;
    /** As how many readings a request counts. */
    private static final int PRICE_OF_A_REQUEST = 4;

    private enum State {
        READING,
        /** The answer that is being sent is the last. */
        LAST,
        /** The last answer is sent; the peer still has to take it. */
        DRAINING
    }

    private final ConnectionContext context;
    private final ConnectionSocket carrier;
    private final Executor readers;
    private final InetAddress peer;
    private final ReadBuffer buffer;
    private final RequestParser reader = new RequestParser();
    private final Steps steps = new Steps();
    private final Runnable next = steps::iterate;
    private final Callback bytes =
            Callback.from(Callback.InvocationType.NON_BLOCKING, this::onFillable, this::onFillInterestedFailed);
    private volatile Optional<Exchange> exchange = Optional.empty();
    private volatile boolean closed;
    private State state = State.READING;
    private int turn = TURN;
    private boolean begun;
    private boolean drain;
    private int drained;

    /**
     * Reads nothing yet.
     *
     * @param endPoint where requests are read from
     * @param carrier the socket under it
     * @param readers whose thread reads
     */
    IngressConnection(EndPoint endPoint, ConnectionSocket carrier, Executor readers, ConnectionContext context) {
        super(endPoint, context.executor());
        this.context = context;
        this.carrier = carrier;
        this.readers = readers;
        this.buffer = new ReadBuffer(context.pool());
        this.peer = carrier.peer();
    }

    @Override
    public void onOpen() {
        super.onOpen();
        carrier.waits(context.patience().stepMs());
        readers.execute(next);
    }

    @Override
    public void onFillable() {
        readers.execute(next);
    }

    @Override
    protected void onFillInterestedFailed(Throwable cause) {
        close();
    }

    /** Its time is over: if it was the answer that did not come, say so. */
    @Override
    public boolean onIdleExpired() {
        Optional<Exchange> late = exchange.filter(Exchange::isOpen);
        late.ifPresent(open -> open.answer(HttpAnswer.of(ResponseBytes.UNAVAILABLE), Persistence.CLOSE));
        return late.isEmpty();
    }

    /** Told once the socket is closed, by whoever closed it and on any thread. */
    @Override
    public void onClose() {
        super.onClose();
        if (!closed) {
            closed = true;
            exchange.ifPresent(Exchange::giveUp);
            steps.failed(new ClosedChannelException()); // what waits for core or for the peer to read
            steps.iterate(); // what waits for the peer to write
        }
    }

    private void serve(RequestHead head, Optional<byte[]> raw) throws IOException {
        boolean inTime = carrier.serves();
        begun = context.exchanges().begin();
        Exchange asked = new Exchange(head, raw);
        exchange = Optional.of(asked);
        if (closed || !inTime) {
            throw new ClosedChannelException();
        }
        if (head.isRefused() || !begun) {
            int status = head.isRefused() ? head.refusal() : ResponseBytes.UNAVAILABLE;
            asked.answer(HttpAnswer.of(status), Persistence.CLOSE);
            return;
        }
        CompletionStage<HttpAnswer> answer = context.door().pass(head, peer);
        CompletableFuture<HttpAnswer> known = answer.toCompletableFuture();
        if (known.isDone()) {
            asked.answer(known.join(), head.afterwards());
        } else if (head.afterwards() == Persistence.CLOSE) {
            answer.thenAccept(done -> asked.answer(done, head.afterwards()));
        } else {
            // Not on the thread that brings the answer: it has other things to do than to serve what may come next.
            answer.thenAcceptAsync(done -> asked.answer(done, head.afterwards()), getExecutor());
        }
    }

    private void exchanged() {
        if (begun) {
            begun = false;
            context.exchanges().end();
        }
    }

    private void end() {
        closed = true;
        buffer.clear();
        buffer.shrink();
        close();
        carrier.close();
    }

    /** One request, answered once: by what was decided or, if that comes too late, by the lack of it. */
    private final class Exchange {
        private final RequestHead head;
        /** The head as it came, where somebody wants to know. */
        private final Optional<byte[]> raw;

        private final AtomicBoolean answered = new AtomicBoolean();

        Exchange(RequestHead head, Optional<byte[]> raw) {
            this.head = head;
            this.raw = raw;
        }

        boolean isOpen() {
            return !answered.get();
        }

        /** There is nobody any more to be answered. */
        void giveUp() {
            answered.set(true);
        }

        void answer(HttpAnswer given, Persistence wanted) {
            if (!answered.compareAndSet(false, true)) {
                return;
            }
            context.door().answered(head, peer, given.status());
            raw.ifPresent(bytes -> context.door().watched(head, bytes, peer, given.status()));
            Persistence afterwards = mayGoOnAfter(given.status()) ? wanted : Persistence.CLOSE;
            if (afterwards == Persistence.CLOSE) {
                state = State.LAST;
                boolean surprised = head.afterwards() != Persistence.CLOSE;
                drain = surprised || head.isRefused() || head.hasBody() || !buffer.isEmpty();
            }
            carrier.waits(context.patience().stepMs());
            getEndPoint().write(steps, ResponseBytes.of(given, head.isHeadOnly(), afterwards));
        }

        /** Who gets nothing but refusals is not to keep a connection for it, but a proxy has others beside. */
        private boolean mayGoOnAfter(int status) {
            if (status == ResponseBytes.METHOD_NOT_ALLOWED) {
                return false; // whoever sent it may send a body that nobody announced
            }
            return switch (carrier.origin()) {
                case PHONE -> status != ResponseBytes.NOT_FOUND && status != ResponseBytes.TOO_MANY;
                case PROXY -> true;
                case STRANGER -> false;
            };
        }
    }

    /** The steps, one after the other, whichever thread brings the next one about. */
    private final class Steps extends IteratingCallback {

        @Override
        protected Action process() throws IOException {
            exchanged();
            if (closed) {
                end();
                return Action.SUCCEEDED;
            }
            if (state == State.LAST && drain) {
                state = State.DRAINING;
                carrier.waits(context.patience().drainMs());
                getEndPoint().shutdownOutput();
            } else if (state == State.LAST) {
                end();
                return Action.SUCCEEDED;
            }
            return state == State.DRAINING ? drain() : read();
        }

        private Action read() throws IOException {
            while (turn > 0) {
                int begin = buffer.bytes().position();
                Optional<RequestHead> head = buffer.isEmpty() ? Optional.empty() : reader.read(buffer.bytes());
                if (head.isPresent()) {
                    turn -= PRICE_OF_A_REQUEST;
                    serve(head.get(), context.door().isWatched() ? Optional.of(buffer.since(begin)) : Optional.empty());
                    return Action.SCHEDULED;
                }
                turn--;
                int filled = buffer.fill(getEndPoint());
                if (filled < 0) {
                    end();
                    return Action.SUCCEEDED;
                }
                if (filled == 0) {
                    return await();
                }
            }
            turn = TURN;
            carrier.afterOthers(IngressConnection.this::onFillable);
            return Action.IDLE;
        }

        private Action drain() throws IOException {
            int filled;
            do {
                buffer.clear();
                filled = buffer.fill(getEndPoint());
                drained += Math.max(0, filled);
            } while (filled > 0 && drained < MAX_DRAINED);
            if (filled == 0) {
                return await();
            }
            end();
            return Action.SUCCEEDED;
        }

        private Action await() {
            turn = TURN;
            buffer.shrink();
            getEndPoint().fillInterested(bytes);
            return Action.IDLE;
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        @Override
        protected void onCompleteFailure(Throwable cause) {
            exchanged();
            end();
            if (!(cause instanceof IOException)) {
                context.broken(peer, cause);
            }
        }
    }
}
