package org.bellwire.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.bellwire.bench.Ledger.Way;
import org.junit.jupiter.api.Test;

final class LedgerTest {

    private static final int RUN = 7;

    /** Events 0 and 2 are of one phone, 1 and 3 of the other. */
    private final Ledger ledger = new Ledger(RUN, Phones.calling(2), 4);

    @Test
    void event_promised_and_not_arrived_is_missing() {
        answered(0, 200);
        answered(1, 503);
        answered(2, 200);
        arrived(2, 100);

        assertThat(ledger.promised()).isEqualTo(2);
        assertThat(ledger.missing()).isEqualTo(1);
        assertThat(ledger.answers())
                .containsEntry(200, 2L)
                .containsEntry(503, 1L)
                .containsEntry(0, 1L);
    }

    @Test
    void event_not_promised_but_arrived_is_told() {
        answered(0, 503);
        arrived(0, 100);

        assertThat(ledger.unpromised()).isEqualTo(1);
        assertThat(ledger.missing()).isZero();
    }

    @Test
    void event_that_overtakes_one_of_its_phone_is_out_of_order() {
        answered(0, 200);
        answered(1, 200);
        answered(2, 200);
        arrived(2, 100);
        arrived(1, 101);
        arrived(0, 102);

        assertThat(ledger.outOfOrder()).isEqualTo(1);
    }

    @Test
    void events_in_the_order_of_each_phone_are_in_order() {
        answered(0, 200);
        answered(1, 200);
        answered(2, 200);
        arrived(1, 100);
        arrived(0, 101);
        arrived(2, 102);

        assertThat(ledger.outOfOrder()).isZero();
    }

    @Test
    void events_under_way_at_once_have_no_order() {
        ledger.answered(0, 10, new HttpCaller.Answer(200, 50));
        ledger.answered(2, 20, new HttpCaller.Answer(200, 30));
        arrived(2, 100);
        arrived(0, 101);

        assertThat(ledger.outOfOrder()).isZero();
    }

    @Test
    void event_that_comes_again_is_counted_unless_the_broker_repeats_it() {
        arrived(0, 100);
        arrived(0, 101);
        ledger.arrived(RUN, 0, Way.IN_TIME, true, 102);

        assertThat(ledger.twice()).isEqualTo(1);
        assertThat(ledger.arrivedInTime()).isEqualTo(1);
    }

    @Test
    void event_on_late_is_not_in_time() {
        ledger.arrived(RUN, 0, Way.LATE, false, 100);

        assertThat(ledger.arrivedLate()).isEqualTo(1);
        assertThat(ledger.arrivedInTime()).isZero();
    }

    @Test
    void event_of_another_load_does_not_count() {
        ledger.arrived(RUN + 1, 0, Way.IN_TIME, false, 100);

        assertThat(ledger.arrivedInTime()).isZero();
    }

    private void answered(int number, int status) {
        long due = 10L + number;
        ledger.answered(number, due, new HttpCaller.Answer(status, due + 1));
    }

    private void arrived(int number, long at) {
        ledger.arrived(RUN, number, Way.IN_TIME, false, at);
    }
}
