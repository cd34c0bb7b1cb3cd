package org.bellwire.core.phone;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.EventType;

/** The events that would confirm a phone's last commands. Bounded: a command too many goes unconfirmed. */
public final class Confirmations {

    private static final int MAX = 32;

    @GuardedBy("this")
    private final Deque<Expectation> open = new ArrayDeque<>();

    /** Completes with true when one of {@code proofs} came; its owner completes it with false when it waited long enough. */
    public record Expectation(Set<EventType> proofs, CompletableFuture<Boolean> met) {}

    public synchronized Expectation expect(Set<EventType> proofs) {
        Expectation expectation = new Expectation(proofs, new CompletableFuture<>());
        open.removeIf(e -> e.met().isDone());
        if (open.size() == MAX) {
            open.removeFirst().met().complete(false);
        }
        open.add(expectation);
        return expectation;
    }

    /** An event came: it proves the oldest command that expects it. */
    public void happened(EventType type) {
        Expectation first = null;
        synchronized (this) {
            open.removeIf(e -> e.met().isDone());
            for (Expectation expectation : open) {
                if (expectation.proofs().contains(type)) {
                    first = expectation;
                    break;
                }
            }
        }
        if (first != null) {
            first.met().complete(true);
        }
    }
}
