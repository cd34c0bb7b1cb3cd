package org.bellwire.bench;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bellwire.bench.Figures.Figure;

/** Puts new figures beside those of a baseline. */
final class Compare {

    private static final double LIMIT = 1.2;
    private static final double MUCH_PERCENT = 15;
    private static final int RUNS_THAT_SAY_SOMETHING = 3;
    private static final Map<String, String> DEFAULTS =
            Map.of("new", "bench/target/run.csv", "baseline", "bench/baseline.csv");

    private Compare() {}

    /** What a figure became; the ratio is above 1 when it is worse. */
    record Verdict(double ratio, String word) {

        static Verdict of(Figure before, Figure now) {
            boolean higher = now.isBetterHigher();
            double ratio = higher ? ratio(before.median(), now.median()) : ratio(now.median(), before.median());
            boolean apart = higher ? now.max() < before.min() : now.min() > before.max();
            boolean few = Math.min(now.runs(), before.runs()) < RUNS_THAT_SAY_SOMETHING;
            if (ratio <= LIMIT) {
                return new Verdict(ratio, "");
            }
            return new Verdict(ratio, !apart ? "worse? (ranges overlap)" : few ? "worse? (few runs)" : "WORSE");
        }

        /** Nothing against nothing is as it was. */
        private static double ratio(double worse, double better) {
            return worse == better ? 1 : worse / better;
        }

        boolean isSure() {
            return word.equals("WORSE");
        }
    }

    public static void main(String[] words) {
        Options options = Options.read(words, DEFAULTS);
        Path file = Path.of(options.text("baseline"));
        Map<String, Figure> baseline = Figures.read(file);
        Map<String, Figure> figures = Figures.read(Path.of(options.text("new")));
        System.out.println("baseline: " + Figures.lines(file).get(0));
        System.out.println(
                "now:      " + Figures.lines(Path.of(options.text("new"))).get(0));
        int worse = 0;
        warnOfForeigners(baseline, "baseline");
        warnOfForeigners(figures, "now");
        System.out.printf("%-30s %-8s %28s %28s %6s%n", "figure", "unit", "baseline", "now", "ratio");
        for (Figure now : figures.values()) {
            Optional<Figure> before = Optional.ofNullable(baseline.get(now.name()));
            Optional<Verdict> verdict = before.map(b -> Verdict.of(b, now));
            System.out.println(line(before, now, verdict));
            worse += verdict.filter(Verdict::isSure).isPresent() ? 1 : 0;
        }
        System.out.printf(
                "ratio: above 1 is worse. median (min..max of runs). WORSE: above %.1f, and no run of one reaches the other's.%n",
                LIMIT);
        System.exit(worse == 0 ? 0 : 1);
    }

    private static void warnOfForeigners(Map<String, Figure> figures, String whose) {
        Optional.ofNullable(figures.remove(Processors.FOREIGN))
                .filter(foreign -> foreign.max() > MUCH_PERCENT)
                .ifPresent(foreign -> System.out.printf(
                        Locale.ROOT,
                        "%s: others took up to %.0f %% of the processors: its times say little%n",
                        whose,
                        foreign.max()));
    }

    private static String line(Optional<Figure> before, Figure now, Optional<Verdict> verdict) {
        return String.format(
                Locale.ROOT,
                "%-30s %-8s %28s %28s %6s %s",
                now.name(),
                now.unit(),
                before.map(Compare::cell).orElse("-"),
                cell(now),
                verdict.map(v -> String.format(Locale.ROOT, "%.2f", v.ratio())).orElse("-"),
                verdict.map(Verdict::word).orElse("new"));
    }

    private static String cell(Figure figure) {
        return String.format(
                Locale.ROOT, "%.4g (%.4g..%.4g of %d)", figure.median(), figure.min(), figure.max(), figure.runs());
    }
}
