package org.bellwire.ingress.admission;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the slow steps of TLS handshakes on threads of its own. Addresses take turns: one that begins a thousand handshakes
 * delays the others by one.
 */
public final class HandshakeQueue {

    private static final Logger LOG = LoggerFactory.getLogger(HandshakeQueue.class);

    private final Executor executor;
    private final int maxWorkers;
    private final Map<InetAddress, Queue<Runnable>> waiting = new LinkedHashMap<>();
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

    private void work() {
        Optional<Runnable> step = next();
        while (step.isPresent()) {
            try {
                step.get().run();
            } catch (RuntimeException | Error e) { // or no handshake would be made from now on
                LOG.error("a TLS handshake broke off", e);
            }
            step = next();
        }
    }

    private synchronized Optional<Runnable> next() {
        Iterator<Map.Entry<InetAddress, Queue<Runnable>>> entries =
                waiting.entrySet().iterator();
        if (!entries.hasNext()) {
            workers--;
            return Optional.empty();
        }
        Map.Entry<InetAddress, Queue<Runnable>> first = entries.next();
        entries.remove();
        Runnable step = first.getValue().remove();
        if (!first.getValue().isEmpty()) {
            waiting.put(first.getKey(), first.getValue());
        }
        return Optional.of(step);
    }
}
