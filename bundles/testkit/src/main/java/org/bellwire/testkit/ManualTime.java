package org.bellwire.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.runtime.Timing;

/** Time that passes when the test says so. What is due then runs on the test's thread. */
public final class ManualTime extends AbstractExecutorService implements ScheduledExecutorService {

    public static final Instant START = Instant.parse("2026-11-21T08:15:30.123Z");

    private final List<Task<?>> tasks = new CopyOnWriteArrayList<>(); // threads may add
    private long nanos;
    private Duration set = Duration.ZERO;
    private boolean shutdown;

    public Timing timing() {
        return new Timing(new ManualClock(), () -> nanos, this);
    }

    public long nanos() {
        return nanos;
    }

    /** Lets time go by and does what becomes due. */
    public void pass(Duration time) {
        long until = nanos + time.toNanos();
        while (true) {
            Task<?> next = tasks.stream()
                    .filter(task -> task.due <= until)
                    .min(Comparator.comparingLong(task -> task.due))
                    .orElse(null);
            if (next == null) {
                break;
            }
            tasks.remove(next);
            nanos = Math.max(nanos, next.due);
            next.go();
        }
        nanos = Math.max(nanos, until);
    }

    /** Lets the test's thread take so long for what it does just now. */
    public void take(Duration time) {
        nanos += time.toNanos();
    }

    /** The clock that is shown is set by so much; no time passes. */
    public void jump(Duration by) {
        set = set.plus(by);
    }

    private final class ManualClock extends Clock {
        @Override
        public Instant instant() {
            return START.plusNanos(nanos).plus(set);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long period;
        private long due;

        Task(Callable<V> work, long due, long period) {
            super(work);
            this.due = due;
            this.period = period;
        }

        void go() {
            if (period == 0) {
                run();
            } else if (runAndReset() && !shutdown) {
                due = nanos + period;
                tasks.add(this);
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private <V> ScheduledFuture<V> add(Callable<V> work, long delay, long period, TimeUnit unit) {
        Task<V> task = new Task<>(work, nanos + unit.toNanos(delay), unit.toNanos(period));
        tasks.add(task);
        return task;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        return add(callable(work), delay, 0, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
        return add(work, delay, 0, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long delay, long period, TimeUnit unit) {
        return add(callable(work), delay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long delay, long period, TimeUnit unit) {
        return add(callable(work), delay, period, unit);
    }

    private static Callable<Boolean> callable(Runnable work) {
        return () -> {
            work.run();
            return true;
        };
    }

    @Override
    public void execute(Runnable work) {
        work.run();
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        List<Runnable> left = new ArrayList<>(tasks);
        tasks.clear();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }
}
