package org.bellwire.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CourseTest {

    private static final long MINUTE = 60_000_000_000L;
    private static final double ALL = 1e9;

    private final Path file;
    private final MemoryTrend course;

    CourseTest(@TempDir Path folder) {
        file = folder.resolve("course.csv");
        course = new MemoryTrend(file);
    }

    @Test
    void memory_that_rises_by_a_megabyte_a_minute_rises_by_sixty_an_hour() {
        for (int minute = 1; minute <= 5; minute++) {
            add(minute, 100 + minute, 40);
        }

        assertThat(course.rssMbPerHour(0, ALL)).isCloseTo(60, within(0.01));
    }

    @Test
    void memory_before_the_time_that_counts_does_not_count() {
        add(1, 10, 40);
        add(2, 100, 40);
        add(3, 100, 40);

        assertThat(course.rssMbPerHour(100, ALL)).isCloseTo(0, within(0.01));
    }

    @Test
    void low_value_is_the_lower_quartile() {
        for (int minute = 1; minute <= 8; minute++) {
            add(minute, 100, 40 + minute);
        }

        assertThat(course.low(Vitals::threads, 0, ALL)).isEqualTo(43);
        assertThat(course.most(Vitals::threads)).isEqualTo(48);
    }

    @Test
    void row_of_the_file_leaves_out_what_is_not_known() {
        add(1, 100, 40);

        assertThat(Figures.lines(file))
                .containsExactly(
                        "seconds,rss_kb,heap_kb,spooled,threads,descriptors,cpu_ms", "60,102400,,7,40,90,1000");
    }

    private void add(int minute, long rssMb, long threads) {
        long at = course.begin() + minute * MINUTE;
        course.add(new Vitals(at, rssMb * 1024, OptionalLong.empty(), OptionalLong.of(7), threads, 90, 1000));
    }
}
