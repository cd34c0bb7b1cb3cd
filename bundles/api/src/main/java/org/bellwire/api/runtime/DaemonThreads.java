package org.bellwire.api.runtime;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads of Bellwire. All are daemons: the framework keeps the process alive, and a thread that hangs in the network
 * or in a disk must not hold up its end. What has to be done before the end is waited for by whoever stops the thread.
 */
public final class DaemonThreads {

    private static final int IDLE_S = 10;

    private DaemonThreads() {}

    /** A thread that is not started yet. */
    public static Thread of(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** For who has one thread at a time, or several that nobody needs to tell apart. */
    public static ThreadFactory named(String name) {
        return task -> of(name, task);
    }

    /** For who has several that are to be told apart: the numbers from 1 on stand behind the prefix. */
    public static ThreadFactory numbered(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> of(prefix + count.incrementAndGet(), task);
    }

    /** A pool of numbered threads that has them only while it works; it rejects what is more than {@code waiting}. */
    public static ThreadPoolExecutor pool(String prefix, int threads, int waiting) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), numbered(prefix));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
