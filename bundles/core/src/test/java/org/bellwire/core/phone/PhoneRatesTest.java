package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bellwire.api.config.Rate;
import org.junit.jupiter.api.Test;

class PhoneRatesTest {

    private static final Rate TWO = new Rate(1, 2);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final PhoneRates rates = new PhoneRates();

    @Test
    void reports_calls_and_openings_are_counted_apart() {
        assertThat(rates.mayReport(TWO, 0)).isTrue();
        assertThat(rates.mayReport(TWO, 0)).isTrue();
        assertThat(rates.mayReport(TWO, 0)).isFalse();
        assertThat(rates.mayDial(TWO, 0)).isTrue();
        assertThat(rates.mayDial(TWO, 0)).isTrue();
        assertThat(rates.mayDial(TWO, 0)).isFalse();
        assertThat(rates.mayOpen(TWO, 0)).isTrue();
        assertThat(rates.mayOpen(TWO, 0)).isTrue();
        assertThat(rates.mayOpen(TWO, 0)).isFalse();
    }

    @Test
    void limit_is_one_over_time() {
        for (int i = 0; i < 3; i++) {
            rates.mayReport(TWO, 0);
            rates.mayDial(TWO, 0);
            rates.mayOpen(TWO, 0);
        }
        assertThat(rates.mayReport(TWO, SECOND)).isTrue();
        assertThat(rates.mayDial(TWO, SECOND)).isTrue();
        assertThat(rates.mayOpen(TWO, SECOND)).isTrue();
        assertThat(rates.mayOpen(TWO, SECOND)).isFalse();
    }
}
