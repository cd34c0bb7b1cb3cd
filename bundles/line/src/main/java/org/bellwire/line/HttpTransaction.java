package org.bellwire.line;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One request over one connection: writes it, reads the answer, closes. Runs on the selector's thread. */
final class HttpTransaction implements SelectorLoop.Guest {

    /** How long after the head the body is waited for, which only tells whether it is a login page. */
    static final long PAGE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SelectorLoop loop;
    private final SocketChannel channel;
    private final ByteBuffer request;
    private final long deadline;
    private final CompletableFuture<HttpResponse> heard;
    private final ResponseParser answer;
    private final SelectorLoop.Place place;
    private Runnable afterwards = () -> {};
    private @Nullable PhoneStream stream;
    private boolean awaitsPage;
    private final boolean wholeBody;
    private boolean over;

    /** @param heard is completed with the answer, exceptionally where there is none */
    HttpTransaction(
            SelectorLoop loop,
            SocketChannel channel,
            byte[] request,
            ResponseBounds bounds,
            CompletableFuture<HttpResponse> heard) {
        this.loop = loop;
        this.channel = channel;
        deadline = bounds.deadline();
        wholeBody = bounds.wholeBody();
        answer = new ResponseParser(bounds.bodyBytes());
        this.heard = heard;
        this.request = ByteBuffer.wrap(request);
        place = loop.enter(this, deadline);
    }

    /**
     * False if it is over already.
     *
     * @param streams makes the stream over the connection; it is given what to run when a task is over
     * @param then is run once when this connection is closed
     */
    boolean begin(Function<Runnable, PhoneStream> streams, Runnable then) {
        if (over) {
            return false;
        }
        afterwards = then;
        try {
            stream = streams.apply(() -> loop.execute(this::ready));
        } catch (RuntimeException | Error e) {
            end(e);
            return true;
        }
        ready();
        return true;
    }

    @Override
    public void ready() {
        PhoneStream bytes = stream;
        if (over || loop.isOver() || bytes == null) {
            return;
        }
        try {
            PhoneStream.Until wait = exchange(bytes);
            if (wait == PhoneStream.Until.DONE) {
                end(answer.fault().orElse(null));
            } else {
                await(wait);
            }
        } catch (IOException | RuntimeException | Error e) {
            end(e);
        }
    }

    private PhoneStream.Until exchange(PhoneStream bytes) throws IOException {
        PhoneStream.Until wait;
        try {
            wait = bytes.write(request);
        } catch (SSLException e) {
            throw e;
        } catch (IOException e) {
            // A phone that went away before it read all may have answered before.
            read(bytes);
            throw e;
        }
        return wait == PhoneStream.Until.DONE ? read(bytes) : wait;
    }

    /** Done when there is an answer, or there will be none. Ends soon: an answer and what a stream gives in a turn are bounded. */
    private PhoneStream.Until read(PhoneStream bytes) throws IOException {
        while (!answer.isOver()) {
            ByteBuffer into = loop.buffer();
            PhoneStream.Until wait = bytes.read(into);
            if (wait != PhoneStream.Until.DONE) {
                hurry();
                return wait;
            }
            answer.read(into.flip());
            if (bytes.isEnded() && !answer.isOver()) {
                answer.end();
            }
        }
        return PhoneStream.Until.DONE;
    }

    /** With the head the answer is known, unless the body tells it; the rest may not take long. */
    private void hurry() {
        if (answer.isHeadWhole() && !awaitsPage && !wholeBody) {
            awaitsPage = true;
            long enough = loop.now() + PAGE_NANOS;
            place.until(enough - deadline < 0 ? enough : deadline);
        }
    }

    private void await(PhoneStream.Until wait) throws IOException {
        int operations = switch (wait) {
            case READABLE -> SelectionKey.OP_READ;
            case WRITABLE -> SelectionKey.OP_WRITE;
            default -> 0;
        };
        loop.register(channel, operations, this);
    }

    @Override
    public void expired() {
        end(stream == null ? new RequestNotSentException(TlsPermits.FULL) : new TimeoutException());
    }

    @Override
    public void failed(Throwable reason) {
        end(reason);
    }

    /** Nobody waits for the answer any more. */
    void abandon() {
        end(new AsynchronousCloseException());
    }

    private void end(@Nullable Throwable failure) {
        if (over) {
            return;
        }
        over = true;
        place.leave();
        try {
            if (stream != null) {
                stream.finish();
            }
        } finally {
            loop.drop(channel);
            afterwards.run();
            tell(failure);
        }
    }

    private void tell(@Nullable Throwable failure) {
        boolean untold = wholeBody && failure instanceof TimeoutException && answer.isOwed();
        Optional<HttpResponse> answered = untold ? Optional.empty() : answer.heard(failure);
        if (answered.isPresent()) {
            heard.complete(answered.get());
        } else {
            heard.completeExceptionally(answer.reason(failure));
        }
    }
}
