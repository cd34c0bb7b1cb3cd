package org.bellwire.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What several runs measured, each figure under its name. */
final class Figures {

    private static final String TITLES = "figure,unit,median,min,max,runs";

    private final Map<String, String> units = new LinkedHashMap<>();
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /**
     * One figure of all runs, as a file keeps it.
     *
     * @param unit one that ends in {@code /s} is better when higher, all others when lower
     */
    record Figure(String name, String unit, double median, double min, double max, long runs) {

        static Figure parse(String row) {
            String[] cells = row.split(",", -1);
            return new Figure(
                    cells[0],
                    cells[1],
                    Double.parseDouble(cells[2]),
                    Double.parseDouble(cells[3]),
                    Double.parseDouble(cells[4]),
                    Long.parseLong(cells[5]));
        }

        boolean isBetterHigher() {
            return unit.endsWith("/s");
        }

        String row() {
            return String.format(Locale.ROOT, "%s,%s,%.4g,%.4g,%.4g,%d", name, unit, median, min, max, runs);
        }

        String line() {
            return String.format(Locale.ROOT, "%-30s %10.4g %-8s %.4g..%.4g of %d", name, median, unit, min, max, runs);
        }
    }

    void add(String name, double value, String unit) {
        units.put(name, unit);
        values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        System.err.println(new Figure(name, unit, value, value, value, 1).line());
    }

    List<Figure> all() {
        return values.entrySet().stream()
                .map(e -> figure(e.getKey(), e.getValue()))
                .toList();
    }

    private Figure figure(String name, List<Double> of) {
        List<Double> sorted = of.stream().sorted().toList();
        DoubleSummaryStatistics range =
                of.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        double upper = sorted.get(sorted.size() / 2);
        double lower = sorted.get((sorted.size() - 1) / 2);
        return new Figure(
                name, units.getOrDefault(name, ""), (lower + upper) / 2, range.getMin(), range.getMax(), sorted.size());
    }

    /** Writes figures to a file; those of other names that it holds stay. */
    static void save(List<Figure> figures, Path file) {
        Map<String, Figure> all = Files.exists(file) ? read(file) : new TreeMap<>();
        figures.forEach(figure -> all.put(figure.name(), figure));
        List<String> lines = new ArrayList<>();
        lines.add("# " + machine());
        lines.add(TITLES);
        all.values().forEach(figure -> lines.add(figure.row()));
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Figure> read(Path file) {
        Map<String, Figure> figures = new TreeMap<>();
        lines(file).stream()
                .filter(line -> !line.startsWith("#") && !line.equals(TITLES))
                .map(Figure::parse)
                .forEach(figure -> figures.put(figure.name(), figure));
        return figures;
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the figures depend on most. */
    private static String machine() {
        String cpu = lines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst(".*: ", "").replace(",", " "))
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        return "%d x %s; Java %s; Linux %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        cpu,
                        System.getProperty("java.version"),
                        System.getProperty("os.version"));
    }
}
