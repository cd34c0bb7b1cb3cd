package org.bellwire.mqtt.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.bellwire.api.EventMessage;
import org.bellwire.mqtt.SampleEvents;
import org.junit.jupiter.api.Test;

/** How old events are while the wall clock jumps. */
class EventAgesTest {

    private static final Duration MAX_AGE = Duration.ofSeconds(30);
    private static final Duration KEEP = Duration.ofDays(3);

    private Instant wall = Instant.parse("2026-11-21T08:15:30Z");
    private long nanos = 5;
    private EventAges ages = start(0);

    private EventAges start(long lastNumber) {
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return wall;
            }
        };
        EventAges fresh = new EventAges(clock, () -> nanos);
        fresh.opened(lastNumber);
        return fresh;
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    private StoredEvent take(long number) {
        return take(number, Duration.ZERO);
    }

    private StoredEvent take(long number, Duration age) {
        EventMessage event = SampleEvents.event("a", 1, wall.minus(age));
        return new StoredEvent(number, ages.taken(event));
    }

    private boolean isLate(StoredEvent stored) {
        return ages.isOlder(stored, MAX_AGE);
    }

    private boolean isExpired(StoredEvent stored) {
        return ages.isExpired(stored, KEEP);
    }

    @Test
    void event_grows_old_with_the_time_that_passes() {
        StoredEvent event = take(1);
        pass(Duration.ofSeconds(30));
        assertThat(isLate(event)).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(isLate(event)).isTrue();
        assertThat(isExpired(event)).isFalse();
        pass(Duration.ofDays(3));
        assertThat(isExpired(event)).isTrue();
    }

    @Test
    void event_that_was_old_when_it_came_is_as_old_as_that() {
        StoredEvent event = take(1, Duration.ofHours(71));
        assertThat(isLate(event)).isTrue();
        pass(Duration.ofMinutes(59));
        assertThat(isExpired(event)).isFalse();
        pass(Duration.ofMinutes(2));
        assertThat(isExpired(event)).isTrue();
    }

    @Test
    void clock_that_jumps_4_days_forward_makes_no_event_old() {
        StoredEvent before = take(1);
        wall = wall.plus(Duration.ofDays(4));
        StoredEvent after = take(2);
        assertThat(isLate(before)).isFalse();
        assertThat(isLate(after)).isFalse();
        assertThat(isExpired(before)).isFalse();
        pass(Duration.ofSeconds(31));
        assertThat(isLate(before)).isTrue();
        assertThat(isLate(after)).isTrue();
        assertThat(isExpired(after)).isFalse();
    }

    @Test
    void clock_that_jumps_an_hour_back_keeps_no_old_event_young() {
        StoredEvent before = take(1);
        pass(Duration.ofSeconds(31));
        wall = wall.minus(Duration.ofHours(1));
        assertThat(isLate(before)).isTrue();
        StoredEvent after = take(2);
        assertThat(isLate(after)).isFalse();
        pass(Duration.ofSeconds(31));
        assertThat(isLate(after)).isTrue();
    }

    @Test
    void event_of_an_earlier_run_is_late_by_the_clock_and_removed_only_by_the_time_of_this_run() {
        StoredEvent event = take(7);
        pass(Duration.ofDays(4));
        ages = start(7);
        assertThat(isLate(event)).isTrue();
        assertThat(isExpired(event)).as("the clock may be wrong").isFalse();
        pass(Duration.ofDays(3));
        assertThat(isExpired(event)).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(isExpired(event)).isTrue();
    }

    @Test
    void event_of_a_run_that_ended_a_moment_ago_is_young() {
        StoredEvent event = take(7);
        pass(Duration.ofSeconds(5));
        ages = start(7);
        assertThat(isLate(event)).isFalse();
    }

    @Test
    void event_of_an_earlier_run_that_may_be_old_is_late() {
        StoredEvent event = take(7);
        wall = wall.minus(Duration.ofHours(1));
        ages = start(7);
        assertThat(isLate(event)).as("it is from the future").isTrue();
        wall = wall.plus(Duration.ofHours(1));
        ages = start(7);
        wall = wall.plus(Duration.ofHours(1));
        assertThat(isLate(event)).as("the clock was put right").isTrue();
    }

    @Test
    void event_is_the_same_as_long_as_the_clock_does_not_jump() {
        EventMessage event = SampleEvents.event("a", 1, wall);
        assertThat(ages.taken(event)).isSameAs(event);
    }
}
