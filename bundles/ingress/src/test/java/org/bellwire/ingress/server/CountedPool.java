package org.bellwire.ingress.server;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.ArrayByteBufferPool;

/** Buffers that are counted while somebody has them. */
final class CountedPool extends ArrayByteBufferPool {

    private final List<WeakReference<ByteBuffer>> lent = new ArrayList<>();

    @Override
    public ByteBuffer acquire(int size, boolean direct) {
        ByteBuffer buffer = super.acquire(size, direct);
        synchronized (lent) {
            lent.add(new WeakReference<>(buffer));
        }
        return buffer;
    }

    @Override
    public void release(ByteBuffer buffer) {
        synchronized (lent) {
            if (!lent.removeIf(one -> one.refersTo(buffer))) {
                throw new AssertionError("given back twice, or not of this pool");
            }
        }
        super.release(buffer);
    }

    /** How many were not given back. */
    int lent() {
        synchronized (lent) {
            return lent.size();
        }
    }

    /** How many were not given back and are still held by somebody. */
    int held() {
        System.gc();
        synchronized (lent) {
            lent.removeIf(one -> one.refersTo(null));
            return lent.size();
        }
    }
}
