package org.bellwire.ingress.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.bellwire.ingress.http.RequestParser;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/**
 * What was read of a connection and not used yet. While more is awaited, it takes no more memory than the bytes that came: a
 * thousand heads that trickle in are as small as they are.
 */
final class ReadBuffer {

    private final ByteBufferPool pool;
    private ByteBuffer bytes = BufferUtil.EMPTY_BUFFER;
    private boolean pooled;

    ReadBuffer(ByteBufferPool pool) {
        this.pool = pool;
    }

    boolean isEmpty() {
        return !bytes.hasRemaining();
    }

    ByteBuffer bytes() {
        return bytes;
    }

    /** A copy of what was used since the position was this. */
    byte[] since(int begin) {
        byte[] used = new byte[bytes.position() - begin];
        bytes.get(begin, used);
        return used;
    }

    /** Reads what has come, as far as there is room; returns as the end point does. */
    int fill(EndPoint from) throws IOException {
        if (!pooled) {
            ByteBuffer larger = pool.acquire(RequestParser.CAPACITY, false);
            BufferUtil.append(larger, bytes);
            bytes = larger;
            pooled = true;
        }
        return from.fill(bytes);
    }

    /** Keeps the bytes and nothing more. */
    void shrink() {
        if (pooled) {
            ByteBuffer large = bytes;
            bytes = isEmpty() ? BufferUtil.EMPTY_BUFFER : BufferUtil.copy(large);
            pooled = false;
            pool.release(large);
        }
    }

    /** Forgets the bytes. */
    void clear() {
        bytes.position(bytes.limit());
    }
}
