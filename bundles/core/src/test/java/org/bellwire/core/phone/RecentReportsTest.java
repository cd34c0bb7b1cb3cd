package org.bellwire.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentReportsTest {

    private static final int MAX = 16;

    private final RecentReports reports = new RecentReports();

    /** The id of a report: a ULID. */
    private static String id(int number) {
        return "01ARZ3NDEKTSV4RRFFQ69G5%03d".formatted(number);
    }

    private List<Boolean> adds(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> reports.add(id(number)))
                .toList();
    }

    @Test
    void report_that_comes_twice_is_known() {
        assertThat(adds(1, 2)).containsOnly(true);
        assertThat(adds(1, 2)).containsOnly(false);
    }

    @Test
    void last_reports_are_known_and_no_others() {
        assertThat(adds(1, MAX)).containsOnly(true);
        assertThat(adds(1, MAX)).containsOnly(false);
        assertThat(adds(MAX + 1, MAX + 1)).containsOnly(true);
        assertThat(adds(2, MAX + 1)).containsOnly(false);
        assertThat(adds(1, 1)).as("the oldest").containsOnly(true);
    }

    @Test
    void reports_that_differ_in_one_half_of_their_id_are_two() {
        assertThat(reports.add("01ARZ3NDEKTSV4RRFFQ69G5FAV")).isTrue();
        assertThat(reports.add("01ARZ3NDEMTSV4RRFFQ69G5FAV")).isTrue();
        assertThat(reports.add("01ARZ3NDEKTSV4RRFFQ69G5FAW")).isTrue();
    }

    @Test
    void reports_that_were_cleared_are_known_no_more() {
        adds(1, 5);
        reports.clear();
        assertThat(adds(1, MAX)).containsOnly(true);
        assertThat(adds(1, MAX)).containsOnly(false);
    }
}
