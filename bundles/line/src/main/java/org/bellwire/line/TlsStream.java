package org.bellwire.line;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS over a connection. Shakes hands with the first bytes; what takes time for that is done by another thread. */
final class TlsStream implements Stream {

    private static final Logger LOG = LoggerFactory.getLogger(TlsStream.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final Executor elsewhere;
    private final Runnable told;
    /** What came and is not decrypted yet; ready to be added to. */
    private final ByteBuffer in;
    /** What is encrypted and not sent yet; ready to be sent. */
    private final ByteBuffer out;

    private boolean ended;

    /** @param told run on any thread when a task is over that was waited for */
    TlsStream(SocketChannel channel, SSLEngine engine, Executor elsewhere, Runnable told) {
        this.channel = channel;
        this.engine = engine;
        this.elsewhere = elsewhere;
        this.told = told;
        int packet = engine.getSession().getPacketBufferSize();
        in = ByteBuffer.allocate(packet);
        out = ByteBuffer.allocate(packet).flip();
    }

    @Override
    public Until write(ByteBuffer from) throws IOException {
        while (true) {
            Until before = ready();
            if (before != Until.DONE) {
                return before;
            }
            if (ended) {
                throw new EOFException();
            }
            if (!from.hasRemaining()) {
                return Until.DONE;
            }
            wrap(from);
        }
    }

    @Override
    public Until read(ByteBuffer into) throws IOException {
        while (!ended) {
            Until before = ready();
            if (before != Until.DONE) {
                return before;
            }
            int had = into.position();
            Until wait = unwrap(into);
            if (wait != Until.DONE || into.position() > had) {
                return wait;
            }
        }
        return Until.DONE;
    }

    /** All is sent that was encrypted, and the handshake asks for nothing. */
    private Until ready() throws IOException {
        while (true) {
            channel.write(out);
            if (out.hasRemaining()) {
                return Until.WRITABLE;
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    runTask();
                    return Until.TOLD;
                }
                case NEED_WRAP -> wrap(NOTHING.duplicate());
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    Until wait = unwrap(NOTHING.duplicate());
                    if (wait != Until.DONE) {
                        return wait;
                    }
                    if (ended) {
                        throw new EOFException();
                    }
                }
                default -> {
                    return Until.DONE;
                }
            }
        }
    }

    private void runTask() {
        Runnable task = engine.getDelegatedTask();
        if (task != null) {
            elsewhere.execute(() -> {
                task.run();
                told.run();
            });
        }
    }

    private void wrap(ByteBuffer from) throws SSLException {
        out.compact();
        try {
            check(engine.wrap(from, out));
        } finally {
            out.flip();
        }
    }

    /** Decrypts what is there, or gets more. */
    private Until unwrap(ByteBuffer into) throws IOException {
        SSLEngineResult result;
        in.flip();
        try {
            result = engine.unwrap(in, into);
        } finally {
            in.compact();
        }
        if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
            int count = channel.read(in);
            ended = count < 0;
            return count == 0 ? Until.READABLE : Until.DONE;
        }
        ended = result.getStatus() == Status.CLOSED;
        check(result);
        return Until.DONE;
    }

    private static void check(SSLEngineResult result) throws SSLException {
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new SSLException("a record is too long");
        }
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public void finish() {
        engine.closeOutbound();
        try {
            wrap(NOTHING.duplicate());
            channel.write(out);
        } catch (IOException | RuntimeException e) {
            LOG.debug("ending TLS: {}", e.getMessage());
        }
    }
}
