package org.bellwire.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.bellwire.bench.Compare.Verdict;
import org.bellwire.bench.Figures.Figure;
import org.junit.jupiter.api.Test;

final class CompareTest {

    private final Figure time = new Figure("open_p50", "ms", 1.0, 0.9, 1.1, 3);
    private final Figure rate = new Figure("closed", "events/s", 1000, 950, 1050, 3);

    @Test
    void longer_time_is_worse() {
        Verdict verdict = Verdict.of(time, new Figure("open_p50", "ms", 1.5, 1.4, 1.6, 3));

        assertThat(verdict.ratio()).isEqualTo(1.5);
        assertThat(verdict.isSure()).isTrue();
    }

    @Test
    void lower_rate_is_worse() {
        Verdict verdict = Verdict.of(rate, new Figure("closed", "events/s", 500, 450, 550, 3));

        assertThat(verdict.ratio()).isEqualTo(2);
        assertThat(verdict.isSure()).isTrue();
    }

    @Test
    void higher_rate_is_not_worse() {
        Verdict verdict = Verdict.of(rate, new Figure("closed", "events/s", 2000, 1900, 2100, 3));

        assertThat(verdict.ratio()).isEqualTo(0.5);
        assertThat(verdict.word()).isEmpty();
    }

    @Test
    void worse_one_whose_range_reaches_the_baseline_is_not_sure() {
        Verdict verdict = Verdict.of(time, new Figure("open_p50", "ms", 1.5, 1.0, 3.0, 3));

        assertThat(verdict.isSure()).isFalse();
        assertThat(verdict.word()).contains("overlap");
    }

    @Test
    void worse_one_of_few_runs_is_not_sure() {
        Verdict verdict = Verdict.of(time, new Figure("open_p50", "ms", 1.5, 1.4, 1.6, 2));

        assertThat(verdict.isSure()).isFalse();
        assertThat(verdict.word()).contains("few runs");
    }

    @Test
    void one_fifth_longer_is_not_worse_yet() {
        assertThat(Verdict.of(time, new Figure("open_p50", "ms", 1.2, 1.2, 1.2, 3))
                        .word())
                .isEmpty();
    }

    @Test
    void event_lost_where_none_was_is_worse() {
        Figure none = new Figure("storm_lost", "events", 0, 0, 0, 3);

        assertThat(Verdict.of(none, none).ratio()).isEqualTo(1);
        assertThat(Verdict.of(none, new Figure("storm_lost", "events", 2, 1, 3, 3))
                        .isSure())
                .isTrue();
    }
}
