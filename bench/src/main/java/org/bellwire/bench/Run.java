package org.bellwire.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Measures the distribution as a whole, several times, and prints the medians. */
final class Run {

    private static final Map<String, String> DEFAULTS = Map.of(
            "runs", "3",
            "phones", "2000",
            "events", "10000",
            "spooled", "20000",
            "seconds", "10",
            "nagle", "false",
            "dist", "",
            "save", "bench/target/run.csv");

    private static final int FEW_PHONES = 10;
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final Options options;
    private final Figures figures;
    private int load;

    private Run(Options options, Figures figures) {
        this.options = options;
        this.figures = figures;
    }

    public static void main(String[] words) {
        Options options = Options.read(words, DEFAULTS);
        Figures figures = new Figures();
        for (int run = 1; run <= options.number("runs"); run++) {
            System.err.println("run " + run);
            Processors processors = new Processors();
            new Run(options, figures).all();
            figures.add(Processors.FOREIGN, processors.foreignPercent(), "%");
        }
        figures.all().forEach(figure -> System.out.println(figure.line()));
        Figures.save(figures.all(), Path.of(options.text("save")));
    }

    private void all() {
        try (CommandLoad commands = new CommandLoad()) {
            try (Site few = site(FEW_PHONES, commands)) {
                figures.add("start_" + FEW_PHONES, seconds(few.startTime()), "s");
                Programs.pause(IDLE);
                figures.add("rss_idle_" + FEW_PHONES, few.bellwire().vitals().rssMb(), "MB");
            }
            int phones = options.number("phones");
            try (Site many = site(phones, commands)) {
                figures.add("start_" + phones, seconds(many.startTime()), "s");
                Programs.pause(IDLE);
                figures.add("rss_idle_" + phones, many.bellwire().vitals().rssMb(), "MB");
                closed(many);
                storm(many);
                open(many);
                commands(many, commands);
                spool(many);
                figures.add("rss_end_" + phones, many.bellwire().vitals().rssMb(), "MB");
            }
        }
    }

    private Site site(int phones, CommandLoad commands) {
        boolean quick = !Boolean.parseBoolean(options.text("nagle"));
        return Site.start(options.text("dist"), Phones.busyAndIdle(phones), quick, commands.port());
    }

    /** 32 callers, each with its next event as soon as it has an answer. */
    private void closed(Site site) {
        Ledger ledger = site.ledger(++load, options.number("events"));
        long cpu = costing(site, () -> site.load(ledger).closed(32), ledger);
        figures.add("closed", ledger.events() / ledger.seconds(), "events/s");
        figures.add("closed_cpu", 1000.0 * cpu / ledger.events(), "us/event");
        faults("closed", ledger);
    }

    /** Two events of every phone, 64 at once. */
    private void storm(Site site) {
        Ledger ledger = site.ledger(++load, 2 * site.phones().count());
        long cpu = costing(site, () -> site.load(ledger).closed(64), ledger);
        figures.add("storm", ledger.seconds(), "s");
        figures.add("storm_cpu", 1000.0 * cpu / ledger.events(), "us/event");
        figures.add("storm_rss", site.bellwire().vitals().rssMb(), "MB");
        faults("storm", ledger);
    }

    /** 200 events a second, whatever the answers take. */
    private void open(Site site) {
        Ledger ledger = site.ledger(++load, 200 * options.number("seconds"));
        long cpu = costing(site, () -> site.load(ledger).open(200), ledger);
        figures.add("open_p50", ledger.arrivalTimes().percentile(50), "ms");
        figures.add("open_p99", ledger.arrivalTimes().percentile(99), "ms");
        figures.add("open_answer_p50", ledger.answerTimes().percentile(50), "ms");
        figures.add("open_answer_p99", ledger.answerTimes().percentile(99), "ms");
        figures.add("open_cpu", 1000.0 * cpu / ledger.events(), "us/event");
        faults("open", ledger);
    }

    /** 200 commands a second, from the rule's publish to the phone's request. */
    private void commands(Site site, CommandLoad commands) {
        int count = 200 * options.number("seconds");
        commands.run(site.broker().url(), site.phones(), 200, 200);
        CommandLoad.Outcome outcome = commands.run(site.broker().url(), site.phones(), count, 200);
        figures.add("command_p50", outcome.times().percentile(50), "ms");
        figures.add("command_p99", outcome.times().percentile(99), "ms");
        figures.add("command_lost", (double) outcome.lost(), "commands");
    }

    /** Many events while there is no broker; then it comes back. */
    private void spool(Site site) {
        site.broker().close();
        Ledger ledger = site.ledger(++load, options.number("spooled"));
        site.load(ledger).closed(64);
        figures.add("spool", ledger.secondsToAnswer(), "s");
        site.broker().start();
        site.load(ledger).awaitArrivals();
        figures.add("spool_drain", ledger.secondsOfArrivals(), "s");
        faults("spool", ledger);
    }

    /** Processor milliseconds of Bellwire until all has arrived. */
    private static long costing(Site site, Runnable sending, Ledger ledger) {
        long before = site.bellwire().vitals().cpuMs();
        sending.run();
        site.load(ledger).awaitArrivals();
        return site.bellwire().vitals().cpuMs() - before;
    }

    private void faults(String name, Ledger ledger) {
        figures.add(name + "_lost", (double) (ledger.missing() + ledger.outOfOrder()), "events");
        figures.add(name + "_refused", (double) (ledger.events() - ledger.promised()), "events");
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
