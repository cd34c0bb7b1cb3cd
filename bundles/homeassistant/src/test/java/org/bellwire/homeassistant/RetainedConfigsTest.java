package org.bellwire.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bellwire.api.port.Limit;
import org.bellwire.api.port.LimitLog;
import org.bellwire.testkit.CountingCounters;
import org.bellwire.testkit.ManualTime;
import org.junit.jupiter.api.Test;

/** What the broker keeps is read back in a bounded space, and that comes to an end. */
class RetainedConfigsTest {

    private final ManualTime time = new ManualTime();
    private final HomeBroker broker = new HomeBroker();
    private final CountingCounters counters = new CountingCounters();
    private final List<String> log = new ArrayList<>();
    private final List<FoundConfig> found = new ArrayList<>();
    private int done;
    private boolean known;

    private final class Finder implements RetainedConfigs.Reader {
        @Override
        public ConfigTopics configs() {
            return new ConfigTopics("homeassistant");
        }

        @Override
        public boolean isKnown(String component, String object) {
            return known;
        }

        @Override
        public void found(FoundConfig config) {
            found.add(config);
        }

        @Override
        public void done() {
            done++;
        }
    }

    private void read() {
        LimitLog limits = new LimitLog(log::add, () -> counters, 3600, time::nanos);
        new RetainedConfigs(broker, time, time::nanos, limits, new Finder()).read();
        time.pass(Duration.ofMinutes(1));
    }

    /** As Bellwire announced them, of phones that are there no more. */
    private void keep(int configs, int more) {
        for (int i = 0; i < configs; i++) {
            broker.keep(
                    "homeassistant/sensor/bellwire_p" + i + "_call/config",
                    "{\"name\":\"" + "n".repeat(more) + "\",\"unique_id\":\"bellwire_p" + i
                            + "_call\",\"state_topic\":\"bellwire/p" + i
                            + "/state/call\",\"device\":{\"identifiers\":[\"bellwire_p" + i
                            + "\"]},\"origin\":{\"name\":\"Bellwire\",\"sw_version\":\"1\"}}");
        }
    }

    @Test
    void as_many_as_fit_are_read_and_nothing_is_said() {
        keep(RetainedConfigs.MAX_WAITING, 0);
        read();
        assertThat(found).hasSize(RetainedConfigs.MAX_WAITING);
        assertThat(counters.count(Limit.HOMEASSISTANT_CONFIGS)).isZero();
        assertThat(done).isOne();
    }

    @Test
    void more_than_fit_are_left_and_counted_and_told_once() {
        keep(RetainedConfigs.MAX_WAITING + 10, 0);
        read();
        assertThat(found).hasSize(RetainedConfigs.MAX_WAITING);
        assertThat(counters.count(Limit.HOMEASSISTANT_CONFIGS)).isEqualTo(10);
        assertThat(log).singleElement().asString().contains("homeassistant/sensor/+/config", "style = device");
        assertThat(done).isOne();
    }

    @Test
    void few_that_are_large_are_left_by_their_bytes() {
        keep(5, RetainedConfigs.MAX_WAITING_BYTES / 4);
        read();
        assertThat(found).hasSize(3);
        assertThat(counters.count(Limit.HOMEASSISTANT_CONFIGS)).isEqualTo(2);
        assertThat(done).isOne();
    }

    @Test
    void those_that_are_wanted_take_no_space() {
        known = true;
        keep(RetainedConfigs.MAX_WAITING + 10, 0);
        read();
        assertThat(counters.count(Limit.HOMEASSISTANT_CONFIGS)).isZero();
        assertThat(done).isOne();
    }

    @Test
    void reading_ends_also_when_the_broker_does_not_answer() {
        broker.connect(false);
        keep(3, 0);
        read();
        assertThat(found).isEmpty();
        assertThat(done).isOne();
    }
}
