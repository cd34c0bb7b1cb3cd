package org.bellwire.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "a/b, a, false",
        "a/b, a/b/c, false",
        "a/+, a/b, true",
        "a/+, a, false",
        "a/+, a/, true",
        "+/b, a/b, true",
        "+, /a, false",
        "+/+, /a, true",
        "a/#, a, true",
        "a/#, a/b/c, true",
        "a/#, ab, false",
        "#, a/b, true",
        "#, $SYS/a, false",
        "+/a, $SYS/a, false",
        "$SYS/#, $SYS/a, true",
        "a/+/c, a/b/c, true",
        "a/+/#, a/b, true",
        "a/+/#, a, false",
    })
    void filter_matches_as_the_standard_says_in_the_tree_and_alone(String filter, String topic, boolean matches) {
        Topics<String> topics = new Topics<>();
        topics.add(filter, "reader", 1);
        List<String> found = new ArrayList<>();
        topics.forEach(topic, (reader, qos) -> found.add(reader));
        assertThat(found).hasSize(matches ? 1 : 0);
        assertThat(Topics.matches(filter, topic)).isEqualTo(matches);
        topics.remove(filter, "reader");
        topics.forEach(topic, (reader, qos) -> found.add(reader));
        assertThat(found).as("after it was removed").hasSize(matches ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a+", "a/#/b", "#a", "a/b#", "++"})
    void wrong_filter_is_none(String filter) {
        assertThat(Topics.isFilter(filter)).isFalse();
    }
}
