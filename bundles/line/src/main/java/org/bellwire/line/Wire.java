package org.bellwire.line;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A connection that serves one request: that is written, the answer is read, and it is closed. Runs on the loop's thread. */
final class Wire implements Loop.Guest {

    private final Loop loop;
    private final SocketChannel channel;
    private final ByteBuffer request;
    private final CompletableFuture<Heard> heard;
    private final AnswerReader answer = new AnswerReader();
    private final Stream stream;
    private final Loop.Place place;
    private boolean over;

    /**
     * @param streams makes the stream over the connection; it is given what to run when a task is over
     * @param heard is completed with the answer, exceptionally where there is none
     */
    Wire(
            Loop loop,
            SocketChannel channel,
            Function<Runnable, Stream> streams,
            byte[] head,
            long deadline,
            CompletableFuture<Heard> heard) {
        this.loop = loop;
        this.channel = channel;
        this.heard = heard;
        request = ByteBuffer.wrap(head);
        stream = streams.apply(() -> loop.execute(this::ready));
        place = loop.enter(this, deadline);
    }

    @Override
    public void ready() {
        if (over || loop.isOver()) {
            return;
        }
        try {
            Stream.Until wait = stream.write(request);
            if (wait == Stream.Until.DONE) {
                wait = read();
            }
            if (wait == Stream.Until.DONE) {
                end(answer.fault());
            } else {
                await(wait);
            }
        } catch (IOException | RuntimeException e) {
            end(Optional.of(e));
        }
    }

    /** Done when there is an answer, or there will be none. */
    private Stream.Until read() throws IOException {
        while (!answer.isOver()) {
            ByteBuffer bytes = loop.buffer();
            Stream.Until wait = stream.read(bytes);
            if (wait != Stream.Until.DONE) {
                return wait;
            }
            answer.read(bytes.flip());
            if (stream.isEnded() && !answer.isOver()) {
                answer.end();
            }
        }
        return Stream.Until.DONE;
    }

    private void await(Stream.Until wait) throws IOException {
        int operations = switch (wait) {
            case READABLE -> SelectionKey.OP_READ;
            case WRITABLE -> SelectionKey.OP_WRITE;
            default -> 0;
        };
        loop.register(channel, operations, this);
    }

    @Override
    public void expired() {
        end(Optional.of(new TimeoutException()));
    }

    @Override
    public void stopped() {
        end(Optional.of(new AsynchronousCloseException()));
    }

    private void end(Optional<? extends Exception> failure) {
        if (over) {
            return;
        }
        over = true;
        place.leave();
        stream.finish();
        loop.drop(channel);
        answer.heard(failure)
                .ifPresentOrElse(
                        heard::complete,
                        () -> heard.completeExceptionally(
                                failure.isPresent() ? failure.get() : new IllegalStateException("no answer")));
    }
}
