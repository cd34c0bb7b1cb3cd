package org.bellwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bellwire.testkit.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayComparisonTest {

    private static final Instant BEGIN = Instant.parse("2026-11-28T12:00:00Z");
    private static final Optional<String> OURS = Optional.of("00000000000000aa");

    private final GatewayComparison comparison = new GatewayComparison();
    private Instant now = BEGIN;

    /** A minute later "south" tells of itself. */
    private void tells(Duration ahead, String files) {
        tells(ahead, files, true);
    }

    private void tells(Duration ahead, String files, boolean fresh) {
        now = now.plusSeconds(60);
        String report = GatewayComparison.signed("{\"accepted\":1}", now.plus(ahead), Optional.of(files));
        looks(report, fresh);
    }

    private void looks(String report, boolean fresh) {
        comparison.look(Map.of("south", new OtherReports.Arrival(report, now, fresh)), OURS);
    }

    @Test
    void report_names_time_and_files() {
        assertThat(GatewayComparison.signed("{\"accepted\":1}", BEGIN, OURS))
                .isEqualTo("{\"accepted\":1,\"time\":\"2026-11-28T12:00:00Z\",\"files\":\"00000000000000aa\"}");
        assertThat(GatewayComparison.signed("{}", BEGIN, Optional.empty()))
                .isEqualTo("{\"time\":\"2026-11-28T12:00:00Z\"}");
    }

    @Test
    void other_files_are_told_once_when_they_last_and_once_when_they_are_the_same_again() {
        try (CapturedLog log = new CapturedLog()) {
            tells(Duration.ZERO, "00000000000000bb");
            assertThat(log.lines("WARN")).as("they are being copied").isEmpty();
            tells(Duration.ZERO, "00000000000000bb");
            tells(Duration.ZERO, "00000000000000bc");
            assertThat(log.lines("WARN")).hasSize(1);
            assertThat(log.with("south has other files")).hasSize(1);
            tells(Duration.ZERO, OURS.orElseThrow());
            tells(Duration.ZERO, OURS.orElseThrow());
            assertThat(log.with("south has the same files")).hasSize(1);
        }
    }

    @Test
    void clock_that_is_ahead_or_behind_is_told_once_with_how_far() {
        try (CapturedLog log = new CapturedLog()) {
            tells(Duration.ofMillis(-3_240), OURS.orElseThrow());
            tells(Duration.ofMillis(-3_240), OURS.orElseThrow());
            tells(Duration.ofMillis(-3_240), OURS.orElseThrow());
            assertThat(log.lines("WARN")).hasSize(1);
            assertThat(log.with("the clock of south is 3.2 s behind")).hasSize(1);
            tells(Duration.ofMillis(300), OURS.orElseThrow());
            assertThat(log.with("same time")).hasSize(1);
            tells(Duration.ofHours(1), OURS.orElseThrow());
            tells(Duration.ofHours(1), OURS.orElseThrow());
            assertThat(log.with("3600.0 s ahead of")).hasSize(1);
        }
    }

    @Test
    void report_that_came_late_once_is_no_other_clock() {
        try (CapturedLog log = new CapturedLog()) {
            tells(Duration.ofSeconds(-5), OURS.orElseThrow());
            tells(Duration.ZERO, OURS.orElseThrow());
            tells(Duration.ofSeconds(-5), OURS.orElseThrow());
            assertThat(log.lines("WARN")).isEmpty();
        }
    }

    @Test
    void what_the_broker_kept_says_nothing_of_the_clock() {
        try (CapturedLog log = new CapturedLog()) {
            tells(Duration.ofHours(-1), OURS.orElseThrow(), false);
            tells(Duration.ofHours(-1), OURS.orElseThrow(), false);
            assertThat(log.lines("WARN")).isEmpty();
        }
    }

    @Test
    void one_report_that_is_looked_at_twice_counts_once() {
        try (CapturedLog log = new CapturedLog()) {
            String report = GatewayComparison.signed("{}", now.minusSeconds(9), Optional.of("00000000000000bb"));
            looks(report, true);
            looks(report, true);
            assertThat(log.lines("WARN")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"time\":",
                "{\"time\":5,\"files\":{}}",
                "{\"time\":\"soon\",\"files\":null}",
                "{\"time\":\"+999999999-12-31T23:59:59Z\"}"
            })
    void nonsense_is_no_difference_of_files(String report) {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                now = now.plusSeconds(60);
                looks(report, false);
            }
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void farthest_time_that_can_be_written_breaks_nothing() {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 2; i++) {
                now = now.plusSeconds(60);
                looks("{\"time\":\"+999999999-12-31T23:59:59Z\"}", true);
            }
            assertThat(log.with("ahead of")).hasSize(1);
        }
    }
}
