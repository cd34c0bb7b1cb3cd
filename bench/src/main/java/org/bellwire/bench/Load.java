package org.bellwire.bench;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends the events of a ledger and waits until all that were promised have arrived, or nothing more arrives. */
final class Load {

    private static final int AT_ONCE_AT_MOST = 512;
    private static final Duration QUIET = Duration.ofSeconds(45);
    private static final Duration STEP = Duration.ofMillis(20);

    private final HttpCaller door;
    private final Ledger ledger;

    Load(HttpCaller door, Ledger ledger) {
        this.door = door;
        this.ledger = ledger;
    }

    /** So many callers, each of which sends its next event when it has the answer to the last. */
    void closed(int callers) {
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(callers);
        for (int caller = 0; caller < callers; caller++) {
            pool.execute(() -> {
                for (int number = next.getAndIncrement(); number < ledger.events(); number = next.getAndIncrement()) {
                    send(number, System.nanoTime());
                }
            });
        }
        finish(pool);
    }

    /** So many events a second, whatever the answers take. */
    void open(int perSecond) {
        ExecutorService pool = new ThreadPoolExecutor(
                8,
                AT_ONCE_AT_MOST,
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new ThreadPoolExecutor.CallerRunsPolicy());
        long begin = System.nanoTime();
        for (int i = 0; i < ledger.events(); i++) {
            int number = i;
            long due = begin + number * 1_000_000_000L / perSecond;
            Programs.until(due);
            pool.execute(() -> send(number, due));
        }
        finish(pool);
    }

    private void send(int number, long due) {
        Phones phones = ledger.phones();
        ledger.answered(number, due, door.knock(phones.of(number), phones.target(number, ledger.ticket(number))));
    }

    private static void finish(ExecutorService pool) {
        pool.shutdown();
        try {
            pool.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for what was promised. */
    void awaitArrivals() {
        long left = ledger.missing();
        long giveUp = System.nanoTime() + QUIET.toNanos();
        while (left > 0 && System.nanoTime() < giveUp) {
            Programs.pause(STEP);
            long now = ledger.missing();
            giveUp = now < left ? System.nanoTime() + QUIET.toNanos() : giveUp;
            left = now;
        }
    }
}
