package org.bellwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.bellwire.api.PhoneId;
import org.bellwire.api.port.PartitionOwner.Knowledge;
import org.bellwire.cluster.PartitionProgress.Part;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {

    private static final PhoneId ONE = new PhoneId("one");
    private static final PhoneId TWO = new PhoneId("two");

    private final PartitionProgress progress = new PartitionProgress(7);

    private static Map<PhoneId, Optional<Knowledge>> known(PhoneId phone, long offset) {
        return Map.of(phone, Optional.of(new Knowledge("as of " + offset, offset)));
    }

    @Test
    void nothing_is_news_before_anything_was_read() {
        assertThat(progress.isNews(progress.keep(Map.of()))).isFalse();
    }

    @Test
    void phone_whose_events_have_all_arrived_is_kept_and_its_reports_are_not_needed_any_more() {
        progress.takes(ONE, 10);
        progress.takes(ONE, 11);
        progress.arrived(ONE);
        progress.arrived(ONE);
        assertThat(progress.candidates()).containsExactly(ONE);
        Part part = progress.keep(known(ONE, 11));
        assertThat(part.texts()).containsEntry(ONE, "as of 11");
        assertThat(part.offset()).isEqualTo(12);
        progress.kept(part);
        assertThat(progress.isNews(progress.keep(Map.of()))).isFalse();
    }

    @Test
    void report_whose_event_has_not_arrived_is_needed_still() {
        progress.takes(ONE, 10);
        progress.takes(TWO, 11);
        progress.arrived(TWO);
        assertThat(progress.candidates()).containsExactly(TWO);
        Part part = progress.keep(known(TWO, 11));
        assertThat(part.texts()).containsOnlyKeys(TWO);
        assertThat(part.offset()).isEqualTo(10);
    }

    @Test
    void what_holds_a_report_that_came_meanwhile_is_not_kept() {
        progress.takes(ONE, 10);
        progress.arrived(ONE);
        progress.takes(ONE, 11);
        Part part = progress.keep(known(ONE, 11));
        assertThat(part.texts()).isEmpty();
        assertThat(part.offset()).isEqualTo(10);
    }

    @Test
    void report_that_comes_while_the_phone_is_being_kept_is_needed_still() {
        progress.takes(ONE, 10);
        progress.arrived(ONE);
        Part part = progress.keep(known(ONE, 10));
        progress.takes(ONE, 11);
        progress.kept(part);
        assertThat(progress.keep(Map.of()).offset()).isEqualTo(11);
        progress.arrived(ONE);
        assertThat(progress.keep(known(ONE, 11)).offset()).isEqualTo(12);
    }

    @Test
    void what_could_not_be_kept_is_needed_still() {
        progress.takes(ONE, 10);
        progress.arrived(ONE);
        Part part = progress.keep(known(ONE, 10));
        progress.takes(ONE, 11);
        progress.arrived(ONE);
        progress.notKept(part);
        Part again = progress.keep(known(ONE, 11));
        assertThat(again.texts()).containsEntry(ONE, "as of 11");
        assertThat(progress.keep(Map.of(ONE, Optional.of(new Knowledge("older", 10))))
                        .offset())
                .isEqualTo(10);
    }

    @Test
    void change_without_a_report_is_kept_and_leaves_the_log_alone() {
        progress.startsAt(5);
        progress.changed(ONE);
        Part part = progress.keep(known(ONE, -1));
        assertThat(part.texts()).containsOnlyKeys(ONE);
        assertThat(part.offset()).isEqualTo(5);
    }

    @Test
    void nothing_is_kept_while_nobody_knows_where_the_log_is_read_from() {
        progress.changed(ONE);
        assertThat(progress.isNews(progress.keep(known(ONE, -1)))).isFalse();
    }

    @Test
    void phone_that_is_gone_holds_nothing_up() {
        progress.takes(ONE, 10);
        progress.arrived(ONE);
        assertThat(progress.keep(Map.of(ONE, Optional.empty())).offset()).isEqualTo(11);
    }

    @Test
    void report_of_which_nothing_comes_is_passed() {
        progress.passes(10);
        assertThat(progress.keep(Map.of()).offset()).isEqualTo(11);
    }
}
