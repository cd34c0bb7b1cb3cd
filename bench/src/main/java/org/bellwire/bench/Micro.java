package org.bellwire.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bellwire.bench.Figures.Figure;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** Runs the microbenchmarks, with the Java options of the distribution: time and bytes allocated for each call. */
final class Micro {

    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final Map<String, String> DEFAULTS = Map.of(
            "only", ".*",
            "forks", "3",
            "iterations", "5",
            "java", "",
            "save", "bench/target/run.csv");

    private Micro() {}

    public static void main(String[] words) throws RunnerException {
        Options options = Options.read(words, DEFAULTS);
        int iterations = options.number("iterations");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(options.text("only"))
                        .forks(options.number("forks"))
                        .warmupIterations(iterations)
                        .warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(iterations)
                        .measurementTime(TimeValue.milliseconds(500))
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .addProfiler(GCProfiler.class)
                        .jvmArgs(options.text("java").split(" +"))
                        .build())
                .run();
        List<Figure> figures = new ArrayList<>();
        results.forEach(result -> figures.addAll(figures(result)));
        figures.forEach(figure -> System.out.println(figure.line()));
        Figures.save(figures, Path.of(options.text("save")));
    }

    private static List<Figure> figures(RunResult result) {
        String name = "micro_" + result.getPrimaryResult().getLabel().toLowerCase(Locale.ROOT);
        List<Figure> figures = new ArrayList<>(List.of(figure(name, "ns", result.getPrimaryResult())));
        result.getSecondaryResults().forEach((label, secondary) -> {
            if (label.endsWith(ALLOCATED)) {
                figures.add(figure(name + "_bytes", "B", secondary));
            }
        });
        return figures;
    }

    private static Figure figure(String name, String unit, Result<?> result) {
        Statistics of = result.getStatistics();
        return new Figure(name, unit, of.getPercentile(50), of.getMin(), of.getMax(), of.getN());
    }
}
