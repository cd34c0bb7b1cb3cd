package org.bellwire.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SpreadTest {

    @Test
    void percentile_is_a_time_that_so_many_did_not_exceed() {
        Spread spread = new Spread(LongStream.rangeClosed(1, 200).map(ms -> (201 - ms) * 1_000_000));

        assertThat(spread.percentile(50)).isEqualTo(100);
        assertThat(spread.percentile(99)).isEqualTo(198);
        assertThat(spread.percentile(100)).isEqualTo(200);
    }

    @Test
    void percentile_of_nothing_is_not_a_number() {
        assertThat(new Spread(LongStream.empty()).percentile(50)).isNaN();
    }
}
