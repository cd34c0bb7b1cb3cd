package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bellwire.api.CallInfo;
import org.bellwire.api.CallState;
import org.bellwire.api.Direction;
import org.bellwire.core.common.Moment;
import org.junit.jupiter.api.Test;

class EndedCallsTest {

    private static final int MAX = 32;
    private static final Duration SPAN = Duration.ofSeconds(10);
    private static final Moment START = new Moment(Instant.parse("2026-11-21T08:15:30Z"), 0);
    private static final CallEnd MISSED = new CallEnd(CallOutcome.MISSED, Optional.empty(), true);

    private final EndedCalls ended = new EndedCalls();

    private static Moment after(Duration time) {
        return new Moment(START.time().plus(time), time.toNanos());
    }

    /** An empty text: nothing is said. */
    private static CallInfo said(String id, String number) {
        Optional<String> none = Optional.empty();
        return new CallInfo(text(id), none, Optional.empty(), text(number), none, none, none);
    }

    private static Optional<String> text(String text) {
        return Optional.of(text).filter(any -> !any.isEmpty());
    }

    private static Call ringing(String id, String number) {
        return Call.begin(CallState.RINGING, Optional.of(Direction.INBOUND), said(id, number), START);
    }

    private void reported(String id, String number) {
        ended.add(ringing(id, number).over(MISSED, START));
    }

    @Test
    void call_whose_end_was_reported_is_told_apart_from_one_that_has_to_be_over() {
        reported("1", "");
        ended.add(ringing("2", ""));
        assertThat(ended.reported(text("1"))).isPresent();
        assertThat(ended.presumed(text("1"))).isEmpty();
        assertThat(ended.reported(text("2"))).isEmpty();
        assertThat(ended.presumed(text("2"))).isPresent();
        assertThat(ended.reported(text("3"))).isEmpty();
        assertThat(ended.presumed(Optional.empty())).isEmpty();
    }

    @Test
    void end_was_lately_until_its_time_is_over() {
        reported("1", "");
        assertThat(ended.lately(text("1"), SPAN, after(SPAN.minusNanos(1)))).isPresent();
        assertThat(ended.lately(text("1"), SPAN, after(SPAN))).isEmpty();
    }

    @Test
    void last_calls_are_remembered_and_the_oldest_goes_first() {
        for (int i = 1; i <= MAX; i++) {
            reported("call-" + i, "");
        }
        assertThat(ended.reported(text("call-1"))).isPresent();
        reported("call-1", "");
        reported("one more", "");
        assertThat(ended.reported(text("call-1"))).as("ended once more").isPresent();
        assertThat(ended.reported(text("call-2"))).isEmpty();
        assertThat(ended.reported(text("call-3"))).isPresent();
        assertThat(ended.reported(text("one more"))).isPresent();
    }

    @Test
    void id_that_begins_another_call_is_forgotten() {
        reported("1", "");
        reported("2", "");
        ended.forget(text("1"));
        ended.forget(Optional.empty());
        assertThat(ended.reported(text("1"))).isEmpty();
        assertThat(ended.reported(text("2"))).isPresent();
    }

    @Test
    void call_without_an_id_is_found_by_what_may_be_said_of_it() {
        reported("", "42");
        assertThat(ended.unnamed(said("", "42"), SPAN, START)).isPresent();
        assertThat(ended.unnamed(said("", ""), SPAN, START)).isPresent();
        assertThat(ended.unnamed(said("", "43"), SPAN, START)).isEmpty();
        assertThat(ended.unnamed(said("1", "42"), SPAN, START)).isEmpty();
        assertThat(ended.unnamed(said("", "42"), SPAN, after(SPAN))).isEmpty();
    }

    @Test
    void call_with_an_id_is_never_one_without() {
        reported("1", "42");
        assertThat(ended.unnamed(said("", "42"), SPAN, START)).isEmpty();
    }

    @Test
    void call_without_an_id_of_which_nobody_told_the_end_is_not_found() {
        ended.add(ringing("", "42"));
        assertThat(ended.unnamed(said("", "42"), SPAN, START)).isEmpty();
    }

    @Test
    void missed_call_is_known_by_its_id_at_any_time() {
        reported("1", "42");
        Moment later = after(Duration.ofHours(1));
        assertThat(ended.missed(said("1", "43"), SPAN, later)).isTrue();
        assertThat(ended.missed(said("2", "42"), SPAN, START)).isFalse();
    }

    @Test
    void missed_call_is_known_by_its_number_for_a_short_time() {
        reported("1", "42");
        assertThat(ended.missed(said("", "42"), SPAN, after(SPAN.minusNanos(1))))
                .isTrue();
        assertThat(ended.missed(said("", "42"), SPAN, after(SPAN))).isFalse();
        assertThat(ended.missed(said("", "43"), SPAN, START)).isFalse();
    }

    @Test
    void missed_call_without_an_id_is_known_too() {
        reported("", "42");
        assertThat(ended.missed(said("9", "42"), SPAN, START)).isTrue();
        assertThat(ended.missed(said("9", "43"), SPAN, START)).isFalse();
    }

    @Test
    void call_counts_as_missed_only_if_that_was_told() {
        ended.add(ringing("1", "").over(new CallEnd(CallOutcome.MISSED, Optional.empty(), false), START));
        ended.add(ringing("2", "").over(new CallEnd(CallOutcome.REJECTED, Optional.empty(), true), START));
        ended.add(ringing("3", ""));
        for (String id : List.of("1", "2", "3")) {
            assertThat(ended.missed(said(id, ""), SPAN, START)).as(id).isFalse();
        }
    }

    @Test
    void ends_of_the_minute_before_the_last_event_could_be_told_again() {
        reported("1", "");
        assertThat(ended.recent(Optional.empty())).isEmpty();
        assertThat(ended.recent(Optional.of(START.time()))).hasSize(1);
        assertThat(ended.recent(Optional.of(START.time().plusSeconds(59)))).hasSize(1);
        assertThat(ended.recent(Optional.of(START.time().plusSeconds(60)))).isEmpty();
    }

    @Test
    void what_is_restored_takes_the_place_of_what_was_there() {
        reported("1", "");
        ended.restore(List.of(ringing("2", "").over(MISSED, START)));
        assertThat(ended.reported(text("1"))).isEmpty();
        assertThat(ended.reported(text("2"))).isPresent();
    }
}
