package org.bellwire.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Optional;
import org.bellwire.api.port.AckTimes;
import org.bellwire.api.port.BusStatistics;
import org.bellwire.console.http.JsonObjects;
import org.junit.jupiter.api.Test;

final class HourOfRatesTest {

    private final HourOfRates rates = new HourOfRates();

    private void sample(long accepted, long acknowledged, long millis) {
        rates.sample(
                new BusStatistics(true, 0, 5, accepted, 0, accepted, 0, 0, 0, 0, Optional.empty()),
                new AckTimes(acknowledged, millis * 1_000_000));
    }

    private JsonObject written() {
        return JsonParser.parseString(JsonObjects.of(rates::write)).getAsJsonObject();
    }

    @Test
    void growth_is_told_for_a_second() {
        sample(100, 0, 0);
        sample(130, 0, 0);
        assertThat(written().get("accepted")).hasToString("[3.0]");
        assertThat(written().get("spooled")).hasToString("[5,5]");
    }

    @Test
    void latency_is_the_mean_of_each_step_and_nothing_where_nothing_happened() {
        sample(0, 10, 1000);
        sample(0, 30, 1050);
        sample(0, 30, 1050);
        assertThat(written().get("latency_ms")).hasToString("[2.5,null]");
    }

    @Test
    void no_more_than_an_hour_is_kept() {
        for (int i = 0; i < 1000; i++) {
            sample(i, 0, 0);
        }
        assertThat(written().getAsJsonArray("accepted")).hasSize(360);
    }
}
