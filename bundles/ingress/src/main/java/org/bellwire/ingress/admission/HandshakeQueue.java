package org.bellwire.ingress.admission;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the slow steps of TLS handshakes on threads of its own. Addresses take turns, and of one address only one step runs at a time:
 * whoever begins a thousand handshakes leaves a thread to the others.
 */
public final class HandshakeQueue {

    private static final Logger LOG = LoggerFactory.getLogger(HandshakeQueue.class);

    private final Executor executor;
    private final int maxWorkers;
    private final Map<InetAddress, Queue<Runnable>> waiting = new LinkedHashMap<>();
    /** Of whom a step runs now: no more than there are threads. */
    private final Set<InetAddress> running = new HashSet<>();

    private int workers;

    /** So many at once. */
    public HandshakeQueue(Executor executor, int maxWorkers) {
        this.executor = executor;
        this.maxWorkers = maxWorkers;
    }

    public void execute(InetAddress from, Runnable step) {
        synchronized (this) {
            waiting.computeIfAbsent(from, any -> new ArrayDeque<>(1)).add(step);
            if (workers == maxWorkers) {
                return;
            }
            workers++;
        }
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException e) {
            clear(); // the port ends, and its connections with it
        }
    }

    private synchronized void clear() {
        waiting.clear();
        workers--;
    }

    private record Turn(InetAddress from, Runnable step) {}

    private void work() {
        Optional<Turn> turn = next();
        while (turn.isPresent()) {
            try {
                turn.get().step().run();
            } catch (RuntimeException | Error e) { // or no handshake would be made from now on
                LOG.error("a TLS handshake broke off", e);
            }
            turn = next(turn.get().from());
        }
    }

    /** The next one after a step of this address has run: what the address has begun meanwhile finds a thread again. */
    private synchronized Optional<Turn> next(InetAddress done) {
        running.remove(done);
        return next();
    }

    private synchronized Optional<Turn> next() {
        Optional<Map.Entry<InetAddress, Queue<Runnable>>> first = waiting.entrySet().stream()
                .filter(entry -> !running.contains(entry.getKey()))
                .findFirst();
        if (first.isEmpty()) {
            workers--;
            return Optional.empty();
        }
        InetAddress from = first.get().getKey();
        Queue<Runnable> steps = first.get().getValue();
        Runnable step = steps.remove();
        waiting.remove(from);
        if (!steps.isEmpty()) {
            waiting.put(from, steps); // behind the others
        }
        running.add(from);
        return Optional.of(new Turn(from, step));
    }
}
