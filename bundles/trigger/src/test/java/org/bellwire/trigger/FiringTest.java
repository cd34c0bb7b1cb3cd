package org.bellwire.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellwire.api.EventType;
import org.bellwire.api.port.BuildingTopics.Arrival;
import org.bellwire.api.port.Reply;
import org.bellwire.api.port.Triggers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What fires a trigger, and what does not. */
class FiringTest {

    private final TriggerSite site = new TriggerSite();

    @AfterEach
    void close() {
        site.close();
    }

    private TriggerSite bell(String payload) {
        return site.file("door", "topic", "door/bell", "payload", payload, "phones", "hall", "dial", "10");
    }

    private String reason() {
        return site.last("door").get("detail").getAsString();
    }

    @Test
    void payload_fits_whatever_white_space_is_around_it_but_in_no_other_way() {
        bell("ring").says("door/bell", "RING").says("door/bell", "ringing").says("door/bell", "");
        assertThat(site.orders()).isEmpty();
        site.says("door/bell", " ring\n");
        assertThat(site.orders()).hasSize(1);
    }

    @Test
    void any_payload_fits_where_the_file_names_none() {
        bell("").says("door/bell", "");
        assertThat(site.orders()).hasSize(1);
    }

    @Test
    void topic_may_have_a_wildcard() {
        site.file("door", "topic", "zigbee/+/action", "phones", "hall", "dial", "10")
                .says("zigbee/front/action", "single");
        assertThat(site.orders()).hasSize(1);
    }

    @Test
    void retained_message_does_not_fire() {
        bell("ring").arrives(new Arrival("door/bell", "ring", true, false));
        assertThat(site.orders()).isEmpty();
        assertThat(site.outcomes("door")).containsExactly("ignored");
        assertThat(reason()).startsWith("retained");
    }

    @Test
    void message_that_the_broker_repeats_does_not_fire() {
        bell("ring").arrives(new Arrival("door/bell", "ring", false, true));
        assertThat(site.orders()).isEmpty();
        assertThat(reason()).startsWith("repeated");
    }

    @Test
    void message_does_not_fire_when_the_connection_was_lost_meanwhile() {
        bell("ring").hands(new Arrival("door/bell", "ring", false, false));
        site.connectionIsLost();
        site.pass(0);
        assertThat(site.orders()).isEmpty();
        assertThat(reason()).startsWith("late");
    }

    @Test
    void message_that_a_broker_delivers_once_for_each_filter_fires_once() {
        site.file("door", "topic", "t", "phones", "a", "command", "dnd", "value", "ON", "cooldown.s", "0")
                .says("t", "x")
                .says("t", "x");
        assertThat(site.orders()).hasSize(1);
        site.pass(1);
        site.says("t", "x");
        assertThat(site.orders()).hasSize(2);
    }

    @Test
    void trigger_that_runs_is_not_fired_again() {
        bell("ring").says("door/bell", "ring").pass(15);
        site.says("door/bell", "ring");
        assertThat(site.orders()).hasSize(1);
        assertThat(reason()).startsWith("running");
    }

    @Test
    void trigger_is_not_fired_again_before_its_cooldown_is_over() {
        bell("ring")
                .says("door/bell", "ring")
                .reports("hall", EventType.CALL_CONNECTED, "1", "10")
                .pass(9);
        site.says("door/bell", "ring");
        assertThat(reason()).startsWith("cooldown");
        site.pass(1);
        site.says("door/bell", "ring");
        assertThat(site.orders()).containsExactly("hall dial 10", "hall dial 10");
    }

    @Test
    void who_bombards_a_trigger_does_not_bombard_the_bus() {
        bell("ring").says("door/bell", "ring");
        for (int i = 0; i < 1000; i++) {
            site.thread.pass(Duration.ofMillis(60));
            if (i < 400) {
                site.says("door/bell", "ring");
            }
        }
        assertThat(site.results("door").size()).isBetween(5, 40);
    }

    @Test
    void request_fires_and_its_query_stands_in_the_result() {
        bell("ring");
        assertThat(site.get("door", false, Map.of("button", "2"))).isEqualTo(Reply.ACCEPTED);
        site.reports("hall", EventType.CALL_CONNECTED, "1", "10");
        assertThat(site.last("door").get("fired_by").toString())
                .isEqualTo("{\"kind\":\"http\",\"address\":\"127.0.0.1\",\"query\":{\"button\":\"2\"}}");
    }

    @Test
    void request_cancels() {
        bell("ring").says("door/bell", "ring");
        assertThat(site.get("door", true, Map.of())).isEqualTo(Reply.ACCEPTED);
        assertThat(site.outcomes("door")).containsExactly("cancelled");
    }

    @Test
    void request_for_a_trigger_that_is_not_there_is_not_found() {
        assertThat(site.triggers.knows("door")).isFalse();
        assertThat(site.get("door", false, Map.of())).isEqualTo(Reply.NOT_FOUND);
    }

    @Test
    void requests_have_a_rate_for_each_trigger() {
        bell("ring");
        for (int i = 0; i < 20; i++) {
            assertThat(site.get("door", false, Map.of())).isEqualTo(Reply.ACCEPTED);
        }
        assertThat(site.get("door", false, Map.of())).isEqualTo(Reply.TOO_MANY);
    }

    @Test
    void request_works_while_the_broker_is_away() {
        bell("ring");
        site.bus.disconnect();
        assertThat(site.get("door", false, Map.of())).isEqualTo(Reply.ACCEPTED);
        assertThat(site.orders()).hasSize(1);
    }

    @Test
    void administrator_is_told_what_came_of_it() {
        bell("ring");
        var outcome = site.triggers.fire("door").toCompletableFuture();
        site.pass(100);
        assertThat(outcome.join())
                .isEqualTo(
                        new Triggers.Outcome("nobody", Optional.empty(), List.of("hall: dial 10: accepted, hung_up")));
        assertThat(site.last("door").get("fired_by").toString()).isEqualTo("{\"kind\":\"shell\"}");
    }

    @Test
    void administrator_is_told_that_there_is_no_such_trigger() {
        assertThat(site.triggers.fire("nothing").toCompletableFuture().join().detail())
                .contains("there is no trigger 'nothing'");
    }

    @Test
    void no_more_than_a_hundred_triggers_run_at_once() {
        for (int i = 0; i < 101; i++) {
            site.file("t" + i, "topic", "t/" + i, "phones", "p" + i, "dial", "10")
                    .says("t/" + i, "x");
        }
        assertThat(site.orders()).hasSize(100);
        assertThat(site.last("t100").get("detail").getAsString()).startsWith("busy");
    }

    @Test
    void edit_of_the_file_is_taken_up_and_what_runs_goes_on() {
        bell("ring").says("door/bell", "ring");
        site.file("door", "topic", "gate/bell", "phones", "hall", "dial", "20", "cooldown.s", "0");
        assertThat(site.filters()).containsExactly("gate/bell");
        site.reports("hall", EventType.CALL_CONNECTED, "1", "10");
        assertThat(site.outcomes("door")).containsExactly("answered");
        site.says("gate/bell", "x");
        assertThat(site.orders()).last().isEqualTo("hall dial 20");
    }
}
