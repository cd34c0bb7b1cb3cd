package org.bellwire.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bellwire.bench.Figures.Figure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FiguresTest {

    @Test
    void figure_of_several_runs_is_their_median_and_range() {
        Figures figures = new Figures();
        for (double value : List.of(3.0, 1.0, 2.0, 9.0)) {
            figures.add("storm", value, "s");
        }

        assertThat(figures.all()).containsExactly(new Figure("storm", "s", 2.5, 1, 9, 4));
    }

    @Test
    void file_keeps_figures_of_other_names(@TempDir Path folder) {
        Path file = folder.resolve("figures.csv");
        Figure storm = new Figure("storm", "s", 2, 1, 3, 3);
        Figure closed = new Figure("closed", "events/s", 4000, 3000, 5000, 3);
        Figures.save(List.of(storm, closed), file);

        Figure again = new Figure("storm", "s", 1, 1, 1, 3);
        Figures.save(List.of(again), file);

        assertThat(Figures.read(file)).isEqualTo(Map.of("storm", again, "closed", closed));
        assertThat(Figures.lines(file).get(0)).startsWith("# ").contains("Java " + System.getProperty("java.version"));
    }
}
