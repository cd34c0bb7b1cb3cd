package org.bellwire.ingress.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.bellwire.ingress.http.RequestParser;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;

/**
 * The TLS of one connection. Jetty's part logs the content of its buffers, tokens and all: it sees blanks of the same length,
 * and what was decrypted passes it by.
 */
final class TlsConnection extends SslConnection {

    /** A peer that sends nothing but records without content, of a handshake for example, sends no more than these. */
    private static final int MAX_FRUITLESS = 100;

    private static final byte[] BLANKS = new byte[RequestParser.CAPACITY];

    private final ByteBufferPool clearPool;
    private final Object lock = new Object();
    private ByteBuffer clear = BufferUtil.EMPTY_BUFFER;
    private boolean closed;
    private int fruitless;

    /**
     * Begins with the handshake.
     *
     * @param pool of the buffers that Jetty's part uses, and nobody else: it logs what they held before, too
     * @param clearPool of the buffers for what was decrypted
     */
    TlsConnection(
            EndPoint endPoint, Executor executor, SSLEngine engine, ByteBufferPool pool, ByteBufferPool clearPool) {
        super(pool, executor, endPoint, engine);
        this.clearPool = clearPool;
    }

    @Override
    protected DecryptedEndPoint newDecryptedEndPoint() {
        return new DiscreetEndPoint();
    }

    @Override
    protected SSLEngineResult unwrap(SSLEngine engine, ByteBuffer input, ByteBuffer output) throws SSLException {
        int from = input.position();
        int to = input.limit();
        synchronized (lock) {
            makeRoom(output.remaining());
            int position = BufferUtil.flipToFill(clear);
            clear.limit(clear.position() + output.remaining());
            try {
                SSLEngineResult result = engine.unwrap(input, clear);
                countFruitless(result);
                blank(output, output.position(), output.position() + result.bytesProduced());
                output.position(output.position() + result.bytesProduced());
                to = input.position();
                return result;
            } finally {
                BufferUtil.flipToFlush(clear, position);
                release();
                blank(input, from, to); // Java decrypts in place
            }
        }
    }

    /** Jetty's part goes on for as long as there are such, and nobody else would be read. */
    private void countFruitless(SSLEngineResult result) throws SSLException {
        if (result.bytesProduced() > 0) {
            fruitless = 0;
        } else if (result.bytesConsumed() > 0 && ++fruitless > MAX_FRUITLESS) {
            throw new SSLException("too many records without content");
        }
    }

    private static void blank(ByteBuffer buffer, int from, int to) {
        Arrays.fill(buffer.array(), buffer.arrayOffset() + from, buffer.arrayOffset() + to, (byte) 0);
    }

    @Override
    public void onClose() {
        super.onClose();
        synchronized (lock) {
            closed = true;
            clear.position(clear.limit());
            release();
        }
    }

    private void makeRoom(int bytes) {
        if (BufferUtil.space(clear) < bytes) {
            ByteBuffer larger = clearPool.acquire(clear.remaining() + bytes, false);
            BufferUtil.append(larger, clear);
            clear.position(clear.limit());
            release();
            clear = larger;
        }
    }

    private void release() {
        if ((closed || !clear.hasRemaining()) && clear.capacity() > 0) {
            clearPool.release(clear);
            clear = BufferUtil.EMPTY_BUFFER;
        }
    }

    private void hand(ByteBuffer buffer, int bytes) throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new ClosedChannelException();
            }
            ByteBuffer head = clear.duplicate();
            head.limit(head.position() + bytes);
            BufferUtil.append(buffer, head);
            clear.position(clear.position() + bytes);
            release();
        }
    }

    /** The end that requests are read from. */
    private final class DiscreetEndPoint extends DecryptedEndPoint {

        @Override
        public int fill(ByteBuffer buffer) throws IOException {
            int room = Math.min(BufferUtil.space(buffer), BLANKS.length);
            int filled = super.fill(ByteBuffer.wrap(BLANKS, 0, room).slice().limit(0));
            if (filled > 0) {
                hand(buffer, filled);
            }
            return filled;
        }
    }
}
