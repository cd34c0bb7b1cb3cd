package org.bellwire.core.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.ulid.Ulid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventIdsTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:15:30.123Z");

    private final EventIds ids = new EventIds();

    @Test
    void id_is_a_ulid_of_its_time() {
        assertThat(Ulid.from(ids.next(TIME)).getInstant()).isEqualTo(TIME);
    }

    @Test
    void ids_and_those_that_follow_from_them_rise_and_are_never_the_same() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String first = ids.next(TIME.plusMillis(i / 100));
            for (int further = 0; further < 32; further++) {
                all.add(EventIds.further(first, further));
            }
        }
        assertThat(all).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void ids_go_on_rising_when_the_clock_is_set_back_a_little() {
        String before = ids.next(TIME);
        assertThat(ids.next(TIME.minusSeconds(5))).isGreaterThan(before);
    }
}
