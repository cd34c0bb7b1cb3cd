package org.bellwire.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTreeTest {

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
        "+, $SYS, false",
        "$SYS/+, $SYS/a, true",
        "$SYS/+/#, $SYS/a, true",
        "$SYS/#, $SYS, true",
        "/#, /a, true",
        "/+, /a, true",
        "+/+/+, a//b, true",
        "a//b, a//b, true",
        "a, ab, false",
        "ab, a, false",
        "a/b, a/bc, false",
        "a/bc, a/b, false",
    })
    void filter_matches_as_the_standard_says_in_the_tree_and_alone(String filter, String topic, boolean matches) {
        SubscriptionTree<String> topics = new SubscriptionTree<>();
        topics.add(filter, "reader", 1);
        List<String> found = new ArrayList<>();
        topics.forEach(topic, (reader, qos) -> found.add(reader));
        assertThat(found).hasSize(matches ? 1 : 0);
        assertThat(SubscriptionTree.matches(filter, topic)).isEqualTo(matches);
        topics.remove(filter, "reader");
        topics.forEach(topic, (reader, qos) -> found.add(reader));
        assertThat(found).as("after it was removed").hasSize(matches ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a+", "a/#/b", "#a", "a/b#", "++"})
    void wrong_filter_is_none(String filter) {
        assertThat(SubscriptionTree.isFilter(filter)).isFalse();
    }

    @Test
    void topic_and_filter_of_any_depth_are_matched_without_recursion() {
        SubscriptionTree<String> topics = new SubscriptionTree<>();
        String deep = "/".repeat(10_000);
        topics.add(deep + "+", "reader", 1);
        List<String> found = new ArrayList<>();
        topics.forEach(deep + "a", (reader, qos) -> found.add(reader));
        assertThat(found).containsExactly("reader");
        assertThat(SubscriptionTree.matches(deep + "+", deep + "a")).isTrue();
        topics.remove(deep + "+", "reader");
        topics.forEach(deep + "a", (reader, qos) -> found.add(reader));
        assertThat(found).hasSize(1);
    }

    @Test
    void work_of_a_match_is_at_most_the_tree_and_tells_so() {
        SubscriptionTree<Integer> topics = new SubscriptionTree<>();
        int levels = 12;
        for (int filter = 0; filter < 1 << levels; filter++) {
            int bits = filter;
            topics.add(
                    IntStream.range(0, levels)
                            .mapToObj(level -> (bits >> level & 1) == 0 ? "a" : "+")
                            .collect(Collectors.joining("/")),
                    filter,
                    0);
        }
        AtomicInteger found = new AtomicInteger();
        int work = topics.forEach("a/".repeat(levels - 1) + "a", (filter, qos) -> found.incrementAndGet());
        assertThat(found).hasValue(1 << levels);
        assertThat(work).isBetween(1 << (levels + 1), 3 << levels);
    }
}
