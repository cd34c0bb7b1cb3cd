package org.bellwire.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;

/** A long load while the broker is restarted again and again: nothing may be lost, nothing may grow. */
final class Soak {

    private static final Map<String, String> DEFAULTS = Map.of(
            "seconds", "3600",
            "rate", "300",
            "phones", "2000",
            "restart", "300",
            "sample", "10",
            "dist", "",
            "csv", "bench/target/soak.csv");

    /** More than so many, and than one in so many, is growth; less is the breath of pools. */
    private static final long FEW = 4;

    private static final long ONE_IN = 20;

    private final int seconds;
    private final Ledger ledger;
    private final MemoryTrend course;
    private final AtomicInteger restarts;

    private Soak(int seconds, Ledger ledger, MemoryTrend course, AtomicInteger restarts) {
        this.seconds = seconds;
        this.ledger = ledger;
        this.course = course;
        this.restarts = restarts;
    }

    public static void main(String[] words) {
        Options options = Options.read(words, DEFAULTS);
        boolean well;
        try (Site site =
                Site.start(options.text("dist"), Phones.calling(options.number("phones")), true, Loopback.freePort())) {
            Soak soak = run(site, options);
            well = soak.print();
            List<String> complaints = site.bellwire().complaints();
            System.out.printf("%-28s %d in its log%n", "warnings and errors", complaints.size());
            complaints.stream().limit(10).forEach(System.out::println);
        }
        System.exit(well ? 0 : 1);
    }

    private static Soak run(Site site, Options options) {
        int rate = options.number("rate");
        int seconds = options.number("seconds");
        Ledger ledger = site.ledger(1, seconds * rate);
        MemoryTrend course = new MemoryTrend(Path.of(options.text("csv")));
        AtomicInteger restarts = new AtomicInteger();
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        course.add(site.bellwire().vitals());
        int sample = options.number("sample");
        timer.scheduleAtFixedRate(told(() -> course.add(site.bellwire().vitals())), sample, sample, TimeUnit.SECONDS);
        int restart = options.number("restart");
        Runnable restarting = () -> {
            site.broker().restart();
            System.err.printf(
                    "%d restarts; %s%n",
                    restarts.incrementAndGet(), site.bellwire().vitals());
        };
        timer.scheduleAtFixedRate(told(restarting), restart, restart, TimeUnit.SECONDS);
        Load load = site.load(ledger);
        try {
            load.open(rate);
        } finally {
            timer.shutdown();
        }
        awaitEnd(timer);
        load.awaitArrivals();
        return new Soak(seconds, ledger, course, restarts);
    }

    /** A timer says nothing of what fails, and does not do it again. */
    private static Runnable told(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                System.err.println(e);
            }
        };
    }

    private static void awaitEnd(ScheduledExecutorService timer) {
        try {
            timer.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Prints what came of it; tells whether all is well. */
    private boolean print() {
        line("sent", ledger.events());
        ledger.answers()
                .forEach((status, count) -> line(status == 0 ? "without an answer" : "answered " + status, count));
        line("broker restarts", restarts.get());
        line("arrived on event/", ledger.arrivedInTime());
        line("arrived on late/", ledger.arrivedLate());
        line("lost (200 - arrived)", ledger.missing());
        line("duplicates", ledger.twice());
        line("out of order in a phone", ledger.outOfOrder());
        line("arrived without a 200", ledger.unpromised());
        times("http answer", ledger.answerTimes());
        times("arrival", ledger.arrivalTimes());
        double steady = steady();
        line(
                "RSS",
                "%.0f / %.0f / %.0f MB after %.0f s / half / all, most %.0f"
                        .formatted(
                                rss(steady),
                                rss(seconds / 2.0),
                                rss(seconds),
                                steady,
                                course.most(Vitals::rssKb) / 1024.0));
        line("RSS slope", "%.1f MB/h after %.0f s".formatted(course.rssMbPerHour(steady, seconds), steady));
        boolean moreThreads = grew("threads", Vitals::threads);
        boolean moreDescriptors = grew("descriptors", Vitals::descriptors);
        return ledger.missing() == 0 && ledger.outOfOrder() == 0 && !moreThreads && !moreDescriptors;
    }

    /** From here on nothing is new: classes are loaded, pools are filled. */
    private double steady() {
        return Math.min(300, seconds / 4.0);
    }

    private double rss(double after) {
        return course.after(after).rssMb();
    }

    /** Compares the low values of a fifth at the start and at the end: what breathes comes back to them, what leaks does not. */
    private boolean grew(String what, ToLongFunction<Vitals> value) {
        double fifth = seconds / 5.0;
        long first = course.low(value, steady(), steady() + fifth);
        long last = course.low(value, seconds - fifth, seconds);
        boolean grew = last - first > Math.max(FEW, first / ONE_IN);
        line(
                what,
                "%d / %d at the start / end, most %d".formatted(first, last, course.most(value))
                        + (grew ? ": GREW" : ""));
        return grew;
    }

    private static void times(String what, Spread spread) {
        line(
                what,
                "p50 %.2f, p99 %.2f, p99.9 %.1f, max %.0f ms"
                        .formatted(
                                spread.percentile(50),
                                spread.percentile(99),
                                spread.percentile(99.9),
                                spread.percentile(100)));
    }

    private static void line(String what, long value) {
        line(what, String.valueOf(value));
    }

    private static void line(String what, String value) {
        System.out.printf("%-28s %s%n", what, value);
    }
}
