package org.bellwire.ingress.server;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.runtime.DaemonThreads;

/** Tries something again a little later. Has a thread only while there is something to try. */
final class Retry implements AutoCloseable {

    private static final int PAUSE_S = 5;

    private Optional<ScheduledExecutorService> executor = Optional.empty();
    private boolean closed;

    /** The first failure since the last success. */
    synchronized boolean isNews() {
        return executor.isEmpty();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task tells by itself what came of it
    synchronized void later(Runnable task) {
        if (closed) {
            return;
        }
        if (executor.isEmpty()) {
            executor = Optional.of(
                    Executors.newSingleThreadScheduledExecutor(DaemonThreads.named(HttpServer.THREADS + "-retry")));
        }
        executor.ifPresent(thread -> thread.schedule(task, PAUSE_S, TimeUnit.SECONDS));
    }

    synchronized void succeeded() {
        executor.ifPresent(ScheduledExecutorService::shutdown);
        executor = Optional.empty();
    }

    @Override
    public synchronized void close() {
        closed = true;
        executor.ifPresent(ScheduledExecutorService::shutdownNow);
        executor = Optional.empty();
    }
}
