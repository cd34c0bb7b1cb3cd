package org.bellwire.line;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * How many TLS connections to phones there may be at a time, since each costs memory and its handshake a processor. Further
 * ones wait in order. Used on the selector's thread only.
 */
final class TlsPermits {

    static final String FULL =
            "as many phones as may be are talked to over TLS at a time, and they do not answer: look for"
                    + " phones that accept connections and then stall";

    private final SelectorLoop loop;
    private final int most;
    private final Runnable reached;
    private final Queue<BooleanSupplier> waiting = new ArrayDeque<>();
    private int taken;

    /** @param reached run when one has to wait */
    TlsPermits(SelectorLoop loop, int most, Runnable reached) {
        this.loop = loop;
        this.most = most;
        this.reached = reached;
    }

    /** Begins now or when its turn comes. What has begun gives its permit back; what returns false has not begun. */
    void take(BooleanSupplier beginning) {
        if (taken == most) {
            reached.run();
        }
        waiting.add(beginning);
        next();
    }

    /** The next one begins, though not within this call: a thousand that end at once must not nest. */
    void giveBack() {
        taken--;
        if (!waiting.isEmpty()) {
            loop.later(this::next);
        }
    }

    private void next() {
        while (taken < most && !waiting.isEmpty()) {
            taken++;
            if (!waiting.remove().getAsBoolean()) {
                taken--;
            }
        }
    }

    /** How many are given out. */
    int taken() {
        return taken;
    }
}
