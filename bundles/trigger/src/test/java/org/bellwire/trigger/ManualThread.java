package org.bellwire.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.runtime.Timing;

/** The triggers' thread and time: both go on when the test says so, on the test's own thread. */
final class ManualThread extends ScheduledThreadPoolExecutor {

    private final Deque<Runnable> ready = new ArrayDeque<>();
    private final List<Task> tasks = new ArrayList<>();
    private long nanos;

    ManualThread() {
        super(0);
    }

    Timing time() {
        InstantSource clock = () -> Instant.parse("2026-11-21T08:15:30Z").plusNanos(nanos);
        return new Timing(clock.withZone(ZoneOffset.UTC), () -> nanos, this);
    }

    /** Does all that is ready. */
    void run() {
        while (!ready.isEmpty()) {
            ready.remove().run();
        }
    }

    /** Lets time go by and does what becomes due. */
    void pass(Duration time) {
        run();
        long until = nanos + time.toNanos();
        Optional<Task> next = due(until);
        while (next.isPresent()) {
            tasks.remove(next.get());
            nanos = Math.max(nanos, next.get().due);
            next.get().run();
            run();
            next = due(until);
        }
        nanos = until;
    }

    private Optional<Task> due(long until) {
        return tasks.stream()
                .filter(task -> task.due <= until && !task.isCancelled())
                .min(Comparator.comparingLong(task -> task.due));
    }

    /** How much is scheduled and not cancelled. */
    long scheduled() {
        return tasks.stream().filter(task -> !task.isCancelled()).count();
    }

    @Override
    public void execute(Runnable work) {
        ready.add(work);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        Task task = new Task(
                () -> {
                    work.run();
                    return true;
                },
                nanos + unit.toNanos(delay));
        tasks.add(task);
        return task;
    }

    private final class Task extends FutureTask<Boolean> implements ScheduledFuture<Boolean> {
        private final long due;

        Task(Callable<Boolean> work, long due) {
            super(work);
            this.due = due;
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
}
