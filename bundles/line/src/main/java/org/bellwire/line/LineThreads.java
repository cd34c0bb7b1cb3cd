package org.bellwire.line;

import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Threads for Jetty's client. What comes up on one of them it does itself and at once: the client never waits, so that each of its
 * hand-overs for a request would cost more than what is handed over.
 */
final class LineThreads extends QueuedThreadPool {

    private static final String NAME = "bellwire-line";
    private static final int MAX = 4;
    private static final int MIN = 2;
    private static final int IDLE_MS = 60_000;
    private static final int NO_RESERVED = 0;
    private static final int STOP_MS = 1000;

    private static final class LineThread extends Thread {
        LineThread(Runnable task) {
            super(task);
            setName(NAME + "-" + getId());
            setDaemon(true);
        }
    }

    LineThreads() {
        super(MAX, MIN, IDLE_MS, NO_RESERVED, null, null, LineThread::new);
        setName(NAME);
        setStopTimeout(STOP_MS);
    }

    @Override
    public void execute(Runnable task) {
        if (Thread.currentThread() instanceof LineThread) {
            task.run();
        } else {
            super.execute(task);
        }
    }
}
