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

/**
 * TLS over a connection. The handshake begins with the first bytes; its slow steps are done by another thread. What a phone
 * may send is bounded: in one turn, in all, and in records without content.
 */
final class TlsStream implements PhoneStream {

    /** All that a phone may send: certificates, and an answer in the smallest of records. */
    static final int MAX_BYTES = 512 * 1024;

    /** Handshakes need some ten; phones that renew keys, send tickets or nothing at all could go on for ever. */
    static final int MAX_EMPTY_RECORDS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(TlsStream.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int FIRST_BYTES = 4 * 1024;

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final Executor elsewhere;
    private final Runnable told;
    /** For a record on its way out; its content is lost when this stream has returned. */
    private final ByteBuffer scratch;

    private final int packetBytes;
    /** What came and is not decrypted yet; ready to be added to. Grows with what comes. */
    private ByteBuffer in = ByteBuffer.allocate(FIRST_BYTES);
    /** What is encrypted and not sent yet; ready to be sent. */
    private ByteBuffer out = NOTHING;

    private int bytes;
    private int emptyRecords;
    private boolean fetched;
    private volatile boolean atWork;
    private boolean ended;

    /** The phone sends more than may be. */
    static final class TooMuch extends SSLException {
        private static final long serialVersionUID = 1L;

        TooMuch(String what) {
            super(what);
        }
    }

    /**
     * @param scratch shared with other streams of the same thread, large enough for any record
     * @param told run on any thread when a task is over that was waited for
     */
    TlsStream(SocketChannel channel, SSLEngine engine, ByteBuffer scratch, Executor elsewhere, Runnable told) {
        this.channel = channel;
        this.engine = engine;
        this.scratch = scratch;
        this.elsewhere = elsewhere;
        this.told = told;
        packetBytes = engine.getSession().getPacketBufferSize();
    }

    @Override
    public Until write(ByteBuffer from) throws IOException {
        fetched = false;
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
            if (out.hasRemaining()) {
                channel.write(out);
                if (out.hasRemaining()) {
                    return Until.WRITABLE;
                }
                out = NOTHING;
            }
            if (atWork) {
                return Until.TOLD;
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
        if (task == null) {
            throw new IllegalStateException("a handshake without a task");
        }
        atWork = true;
        elsewhere.execute(() -> {
            try {
                task.run();
            } finally {
                atWork = false;
                told.run();
            }
        });
    }

    private void wrap(ByteBuffer from) throws IOException {
        SSLEngineResult result = engine.wrap(from, scratch.clear());
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new SSLException("a record is too long");
        }
        if (result.bytesProduced() == 0 && result.getStatus() == Status.CLOSED) {
            throw new EOFException();
        }
        if (result.bytesConsumed() == 0) {
            countEmpty();
        }
        channel.write(scratch.flip());
        if (scratch.hasRemaining()) {
            out = ByteBuffer.allocate(scratch.remaining()).put(scratch).flip();
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
            return fetch();
        }
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new SSLException("a record is too long");
        }
        if (result.bytesProduced() == 0) {
            countEmpty();
        }
        ended = result.getStatus() == Status.CLOSED;
        return Until.DONE;
    }

    /** Once in a turn: a phone that sends faster than its records can be read must let others have theirs. */
    private Until fetch() throws IOException {
        if (fetched) {
            return Until.READABLE;
        }
        if (!in.hasRemaining()) {
            grow();
        }
        int count = channel.read(in);
        ended = count < 0;
        if (count <= 0) {
            return count == 0 ? Until.READABLE : Until.DONE;
        }
        fetched = true;
        bytes += count;
        if (bytes > MAX_BYTES) {
            throw new TooMuch("the phone sends more than " + MAX_BYTES + " bytes");
        }
        return Until.DONE;
    }

    private void grow() throws SSLException {
        if (in.capacity() >= packetBytes) {
            throw new SSLException("a record is too long");
        }
        in = ByteBuffer.allocate(Math.min(in.capacity() * 2, packetBytes)).put(in.flip());
    }

    private void countEmpty() throws SSLException {
        emptyRecords++;
        if (emptyRecords > MAX_EMPTY_RECORDS) {
            throw new TooMuch("the phone sends more than " + MAX_EMPTY_RECORDS + " TLS records without content");
        }
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    /** A task holds the engine's lock for as long as it works, and nobody may wait for that here. */
    @Override
    public void finish() {
        if (atWork || out.hasRemaining()) {
            return;
        }
        try {
            engine.closeOutbound();
            wrap(NOTHING.duplicate());
        } catch (IOException | RuntimeException e) {
            LOG.debug("ending TLS: {}", e.getMessage());
        }
    }
}
