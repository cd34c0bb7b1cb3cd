package org.bellwire.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in a trigger's file. */
class TriggerFilesTest {

    private final TriggerSite site = new TriggerSite();

    @AfterEach
    void close() {
        site.close();
    }

    private String faultOf(String... keysAndValues) {
        site.file("door", keysAndValues);
        return site.fault("door");
    }

    @Test
    void right_file_has_no_fault() {
        assertThat(faultOf("topic", "a/b", "phones", "hall", "dial", "+49 (0) 30 12-34, *21#"))
                .isEmpty();
        site.says("a/b", "x");
        assertThat(site.orders()).containsExactly("hall dial +49301234");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+",
                "+/command/dial",
                "+/b",
                "$SYS/#",
                "bellwire/#",
                "bellwire/hall/command/dial",
                "bellwire/+/+/+",
                "bellwire/bridge/trigger/door",
                "a/#/b",
                "a/b#",
                "a+/b"
            })
    void topic_that_is_a_trap_is_refused(String topic) {
        assertThat(faultOf("topic", topic, "phones", "hall", "dial", "1")).startsWith("topic: ");
        assertThat(faultOf("cancel.topic", topic, "phones", "hall", "dial", "1"))
                .startsWith("cancel.topic: ");
        assertThat(site.filters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/+/b", "a/#", "bellwire/hall/event/door_bell", "bellwire/+/event/door_bell", "/x"})
    void other_topics_are_listened_to(String topic) {
        assertThat(faultOf("topic", topic, "phones", "hall", "dial", "1")).isEmpty();
        assertThat(site.filters()).containsExactly(topic);
    }

    @ParameterizedTest
    @CsvSource({
        "dial, 12;34",
        "dial, 12&34",
        "phones, Hall",
        "phones, a/b",
        "ring.s, 0",
        "ring.s, 601",
        "rounds, 11",
        "cooldown.s, -1",
        "cooldown.s, x",
        "command, explode",
        "command, dial"
    })
    void wrong_value_is_named_with_its_key(String key, String value) {
        assertThat(faultOf("phones", "hall", "dial", "1", key, value)).contains(key + ": ");
        assertThat(site.triggers.knows("door")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnd", "reboot", "open", "refresh", "call_waiting", "forward_always"})
    void commands_of_devices_that_may_come_are_commands(String command) {
        assertThat(faultOf("phones", "hall", "command", command)).isEmpty();
        assertThat(site.triggers.knows("door")).isTrue();
    }

    @Test
    void what_is_missing_is_named() {
        assertThat(faultOf("topic", "a")).contains("phones: is missing", "dial: is missing");
    }

    @Test
    void dial_and_command_do_not_stand_together() {
        assertThat(faultOf("phones", "a", "dial", "1", "command", "dnd")).contains("command: stands beside dial");
    }

    @Test
    void cancel_that_would_come_with_each_ring_is_refused() {
        assertThat(faultOf("phones", "a", "dial", "1", "topic", "t", "cancel.topic", "t"))
                .contains("cancel.topic: is the same as topic");
    }

    @Test
    void id_that_no_topic_can_have_is_refused() {
        site.file("Front Door", "phones", "a", "dial", "1");
        assertThat(site.fault("Front Door")).startsWith("file name: ");
    }

    @Test
    void file_that_is_wrong_now_fires_no_more_until_it_is_right_again() {
        assertThat(faultOf("topic", "t", "phones", "a", "dial", "1")).isEmpty();
        assertThat(faultOf("topic", "t", "phones", "a", "dial", "%")).isNotEmpty();
        site.says("t", "x");
        assertThat(site.orders()).isEmpty();
        assertThat(faultOf("topic", "t", "phones", "a", "dial", "1")).isEmpty();
        site.says("t", "x");
        assertThat(site.orders()).hasSize(1);
    }
}
