package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.bellwire.api.EventType;
import org.bellwire.api.Property;
import org.bellwire.api.spi.CallVariables;
import org.bellwire.api.spi.EventRow;
import org.bellwire.api.spi.EventTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vendor whose newer firmware alone reports missed calls and a busy line. */
class MissedOnceTest {

    private static final EventTable TABLE = EventTable.namedInPath(
                    CallVariables.id("call_id").own("local").other("remote", "display_remote"),
                    EventRow.on("incoming", EventType.CALL_INCOMING),
                    EventRow.on("connected", EventType.CALL_CONNECTED),
                    EventRow.on("terminated", EventType.CALL_ENDED),
                    EventRow.on("missed", EventType.CALL_MISSED),
                    EventRow.on("busy", EventType.LINE_BUSY))
            .busyByCalls()
            .olderFirmwareLacks(EventType.CALL_MISSED);

    private final PhoneScene phone = new PhoneScene(TABLE);

    @Test
    void a_phone_with_older_firmware_misses_a_call_by_its_end() {
        phone.sends("incoming", "call_id", "1").sends("terminated", "call_id", "1");
        assertThat(phone.events())
                .containsExactly(EventType.CALL_INCOMING, EventType.CALL_ENDED, EventType.CALL_MISSED);
        assertThat(phone.state(Property.MISSED)).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 30, 3600})
    void a_missed_call_that_the_phone_reports_after_its_end_is_told_once(int seconds) {
        phone.sends("incoming", "call_id", "1").sends("terminated", "call_id", "1");
        phone.later(Duration.ofSeconds(seconds)).sends("missed", "call_id", "1").sends("missed", "call_id", "1");
        assertThat(phone.count(EventType.CALL_MISSED)).isEqualTo(1);
        assertThat(phone.state(Property.MISSED)).isEqualTo("1");
        assertThat(phone.facts().stream().map(fact -> fact.seq())).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_missed_call_that_the_phone_reports_before_its_end_is_told_once() {
        phone.sends("incoming", "call_id", "1").sends("missed", "call_id", "1").sends("terminated", "call_id", "1");
        assertThat(phone.events())
                .containsExactly(EventType.CALL_INCOMING, EventType.CALL_MISSED, EventType.CALL_ENDED);
        assertThat(phone.state(Property.MISSED)).isEqualTo("1");
    }

    @Test
    void a_missed_call_without_its_id_is_that_which_was_missed_a_moment_ago() {
        phone.sends("incoming", "call_id", "1", "remote", "42").sends("terminated", "call_id", "1");
        phone.later(Duration.ofSeconds(1)).sends("missed", "remote", "42");
        assertThat(phone.count(EventType.CALL_MISSED)).isEqualTo(1);
    }

    @Test
    void a_call_without_ids_is_missed_once() {
        phone.sends("incoming", "remote", "42")
                .sends("terminated", "remote", "42")
                .sends("missed", "remote", "42");
        assertThat(phone.count(EventType.CALL_MISSED)).isEqualTo(1);
        assertThat(phone.state(Property.MISSED)).isEqualTo("1");
    }

    @Test
    void another_call_of_another_number_is_missed_too() {
        phone.sends("incoming", "remote", "42")
                .sends("terminated", "remote", "42")
                .sends("missed", "remote", "43");
        assertThat(phone.count(EventType.CALL_MISSED)).isEqualTo(2);
    }

    @Test
    void two_calls_one_after_the_other_are_missed_twice() {
        for (String id : List.of("1", "1", "2")) {
            phone.sends("incoming", "call_id", id)
                    .sends("terminated", "call_id", id)
                    .sends("missed", "call_id", id);
            phone.later(Duration.ofSeconds(20));
        }
        assertThat(phone.count(EventType.CALL_MISSED)).isEqualTo(3);
        assertThat(phone.state(Property.MISSED)).isEqualTo("3");
    }

    @Test
    void a_call_that_nobody_heard_of_is_missed_as_the_phone_says() {
        phone.sends("missed", "call_id", "1");
        assertThat(phone.events()).containsExactly(EventType.CALL_MISSED);
    }

    @Test
    void a_restart_does_not_make_it_missed_again() {
        phone.sends("incoming", "call_id", "1").sends("terminated", "call_id", "1");
        phone.restarts().sends("missed", "call_id", "1");
        assertThat(phone.count(EventType.CALL_MISSED)).isEqualTo(1);
    }

    @Test
    void the_line_is_busy_by_a_call_as_well_as_by_its_own_event() {
        assertThat(phone.sends("incoming", "call_id", "1").state(Property.BUSY)).isEqualTo("ON");
        assertThat(phone.sends("terminated", "call_id", "1").state(Property.BUSY))
                .isEqualTo("OFF");
        assertThat(phone.sends("busy").state(Property.BUSY)).isEqualTo("ON");
    }
}
