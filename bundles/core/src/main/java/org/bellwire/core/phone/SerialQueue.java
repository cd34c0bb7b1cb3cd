package org.bellwire.core.phone;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Runs one phone's commands one at a time, in order, with at most {@value #MAX} waiting. Has no thread. */
public final class SerialQueue {

    public static final int MAX = 16;

    @GuardedBy("this")
    private final Deque<Supplier<CompletionStage<?>>> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean busy;

    @GuardedBy("this")
    private boolean rests;

    @GuardedBy("this")
    private long restUntil;

    /** The phone is to be left alone until then, in nanoseconds as of {@link System#nanoTime()}. */
    public synchronized void rest(long until) {
        rests = true;
        restUntil = until;
    }

    /** How long it is still to be left alone, in nanoseconds; not above zero: not any more. */
    public synchronized long restLeft(long now) {
        long left = rests ? restUntil - now : 0;
        rests = left > 0;
        return left;
    }

    /** Takes a command on, or tells that too many wait. The work starts here if none is under way; it must not throw. */
    public boolean offer(Supplier<CompletionStage<?>> work) {
        synchronized (this) {
            if (busy) {
                return waiting.size() < MAX && waiting.add(work);
            }
            busy = true;
        }
        run(work);
        return true;
    }

    private void run(Supplier<CompletionStage<?>> work) {
        Supplier<CompletionStage<?>> current = work;
        while (current != null) {
            var done = current.get().toCompletableFuture();
            if (!done.isDone()) {
                done.whenComplete((result, failure) -> {
                    Supplier<CompletionStage<?>> following = next();
                    if (following != null) {
                        run(following);
                    }
                });
                return;
            }
            current = next();
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Supplier<CompletionStage<?>> next() {
        Supplier<CompletionStage<?>> following = waiting.poll();
        busy = following != null;
        return following;
    }
}
