package org.bellwire.itests;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Phones that report at an even rate. Each counts its events and reports one after the other, so that its order is known; all
 * answers are remembered.
 */
final class Load implements AutoCloseable {

    /** Nobody listened at the port. */
    static final int REFUSED = -1;

    /** The connection ended without an answer. */
    static final int UNANSWERED = 0;

    private final List<ActionUrlClient> callers;
    private final String run = UUID.randomUUID().toString();
    private final ScheduledExecutorService threads;
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger promised = new AtomicInteger();

    /** What one event was answered: a status, {@link #REFUSED} or {@link #UNANSWERED}. */
    record Told(String phone, int number, int status, Duration took) {

        boolean isPromise() {
            return status == 200;
        }

        boolean isAnswer() {
            return status > UNANSWERED;
        }
    }

    private Load(List<ActionUrlClient> callers, int threads) {
        this.callers = List.copyOf(callers);
        this.threads = Executors.newScheduledThreadPool(threads);
    }

    /** The files of the first phones, which Bellwire must know. */
    static List<PhoneFile> files(int phones) {
        List<PhoneFile> files = new ArrayList<>();
        for (int i = 0; i < phones; i++) {
            files.add(PhoneFile.of(id(i), "htek").with("mac", mac(i)));
        }
        return files;
    }

    /** Starts: so many phones, so many events of all together. */
    static Load start(ActionUrlClient caller, int phones, int perSecond) {
        return start(List.of(caller), phones, perSecond);
    }

    /** Starts phones that report in these ways in turn. */
    static Load start(List<ActionUrlClient> callers, int phones, int perSecond) {
        Load load = new Load(callers, Math.min(phones, 100));
        long period = TimeUnit.SECONDS.toNanos(phones) / perSecond;
        for (int i = 0; i < phones; i++) {
            load.threads.scheduleAtFixedRate(load.phone(i), period * i / phones, period, TimeUnit.NANOSECONDS);
        }
        return load;
    }

    /** Tells this load's events from others: the value of their parameter {@code run}. */
    String run() {
        return run;
    }

    /** How many events were answered 200. */
    int promised() {
        return promised.get();
    }

    /** Waits until so many more are promised. */
    void promises(int more, Duration atMost) {
        int enough = promised() + more;
        Waits.atMost(atMost, more + " more events are promised").until(() -> promised() >= enough);
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    private Runnable phone(int index) {
        ActionUrlClient itself = callers.get(index % callers.size()).from(Loopback.anyAddress());
        AtomicInteger count = new AtomicInteger();
        return () -> {
            Told answer = report(itself, index, count.incrementAndGet());
            told.add(answer);
            if (answer.isPromise()) {
                promised.incrementAndGet();
            }
        };
    }

    private Told report(ActionUrlClient itself, int index, int number) {
        String event =
                (number % 2 == 0 ? "/Onhook" : "/Offhook") + "?mac=" + mac(index) + "&run=" + run + "&n=" + number;
        long begin = System.nanoTime();
        int status;
        try {
            status = itself.reports("htek", event);
        } catch (UncheckedIOException e) {
            status = e.getCause() instanceof ConnectException ? REFUSED : UNANSWERED;
        }
        return new Told(id(index), number, status, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static String id(int index) {
        return "load-" + index;
    }

    private static String mac(int index) {
        return "001fc2%06x".formatted(index);
    }

    /** No more events; those under way get their answers first. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new AssertionError("phones still wait for an answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
