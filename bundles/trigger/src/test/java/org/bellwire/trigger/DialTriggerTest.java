package org.bellwire.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.Direction;
import org.bellwire.api.EventType;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a trigger that dials has phones do. */
class DialTriggerTest {

    private final TriggerSite site = new TriggerSite();

    @AfterEach
    void close() {
        site.close();
    }

    private TriggerSite bell(String... more) {
        String[] keys = new String[8 + more.length];
        System.arraycopy(
                new String[] {"topic", "door/bell", "payload", "ring", "phones", "hall", "dial", "10, 0171234"},
                0,
                keys,
                0,
                8);
        System.arraycopy(more, 0, keys, 8, more.length);
        return site.file("door", keys);
    }

    @Test
    void phone_dials_the_first_number_in_the_name_of_the_trigger() {
        bell().says("door/bell", "ring");
        assertThat(site.wholeOrders())
                .containsExactly(new CommandOrder("hall", "dial", "10", new Origin.Trigger("door")));
    }

    @Test
    void all_phones_dial_at_once_and_groups_count_as_their_phones() {
        site.group("floor", "b", "c")
                .file("door", "topic", "door/bell", "phones", "a, floor, b", "dial", "10")
                .says("door/bell", "");
        assertThat(site.orders()).containsExactly("a dial 10", "b dial 10", "c dial 10");
    }

    @Test
    void call_that_is_answered_ends_the_trigger_and_tells_by_whom() {
        bell().says("door/bell", "ring")
                .reports("hall", EventType.CALL_OUTGOING, "1", "10")
                .pass(5);
        assertThat(site.results("door")).isEmpty();
        site.reports("hall", EventType.CALL_CONNECTED, "1", "10").pass(100);
        assertThat(site.outcomes("door")).containsExactly("answered");
        assertThat(site.last("door").get("phone").getAsString()).isEqualTo("hall");
        assertThat(site.last("door").get("number").getAsString()).isEqualTo("10");
        assertThat(site.last("door").get("took_ms").getAsLong()).isEqualTo(5000);
        assertThat(site.last("door").get("fired_by").toString())
                .isEqualTo("{\"kind\":\"mqtt\",\"topic\":\"door/bell\"}");
        assertThat(site.orders()).containsExactly("hall dial 10");
    }

    @Test
    void number_that_nobody_answers_is_hung_up_and_the_next_is_dialled() {
        bell("ring.s", "20")
                .says("door/bell", "ring")
                .reports("hall", EventType.CALL_OUTGOING, "7", "10")
                .pass(19);
        assertThat(site.orders()).hasSize(1);
        site.pass(1);
        assertThat(site.orders()).last().isEqualTo("hall hangup {\"call\":\"7\"}");
        site.reports("hall", EventType.CALL_ENDED, "7", "10");
        assertThat(site.orders()).last().isEqualTo("hall dial 0171234");
    }

    @Test
    void next_number_does_not_wait_long_for_a_phone_that_does_not_tell_of_the_end() {
        bell().says("door/bell", "ring").pass(30);
        assertThat(site.orders()).containsExactly("hall dial 10", "hall hangup PRESS");
        site.pass(2);
        assertThat(site.orders()).last().isEqualTo("hall dial 0171234");
    }

    @Test
    void call_that_ends_before_its_time_is_followed_by_the_next_at_once_and_not_hung_up() {
        bell().says("door/bell", "ring")
                .reports("hall", EventType.CALL_OUTGOING, "7", "10")
                .reports("hall", EventType.CALL_ENDED, "7", "10");
        assertThat(site.orders()).containsExactly("hall dial 10", "hall dial 0171234");
    }

    @Test
    void phone_that_refuses_is_followed_by_the_next_number_at_once() {
        bell().answers("hall", Status.REFUSED).says("door/bell", "ring");
        assertThat(site.orders()).containsExactly("hall dial 10", "hall dial 0171234");
        assertThat(site.outcomes("door")).containsExactly("nobody");
        assertThat(site.last("door").get("detail").getAsString()).contains("no phone could place a call");
    }

    @Test
    void list_is_gone_through_as_often_as_rounds_says_and_then_nobody_answered() {
        bell("rounds", "2", "ring.s", "10").says("door/bell", "ring").pass(200);
        assertThat(site.orders().stream().filter(order -> order.contains(" dial ")))
                .containsExactly("hall dial 10", "hall dial 0171234", "hall dial 10", "hall dial 0171234");
        assertThat(site.outcomes("door")).containsExactly("nobody");
        assertThat(site.last("door").getAsJsonArray("steps")).hasSize(4);
        assertThat(site.last("door").getAsJsonArray("steps").get(3).toString())
                .isEqualTo("{\"phone\":\"hall\",\"command\":\"dial\",\"number\":\"0171234\",\"round\":2,"
                        + "\"status\":\"accepted\",\"end\":\"hung_up\"}");
        assertThat(site.thread.scheduled()).as("timers left").isZero();
    }

    @Test
    void others_are_hung_up_when_one_call_is_answered() {
        site.file("door", "topic", "door/bell", "phones", "a, b, c", "dial", "10")
                .answers("c", Status.UNREACHABLE)
                .says("door/bell", "x")
                .reports("a", EventType.CALL_OUTGOING, "1", "10")
                .reports("b", EventType.CALL_OUTGOING, "2", "10")
                .reports("b", EventType.CALL_CONNECTED, "2", "10");
        assertThat(site.orders()).endsWith("a hangup {\"call\":\"1\"}").hasSize(4);
        assertThat(site.last("door").get("phone").getAsString()).isEqualTo("b");
    }

    @Test
    void phone_that_takes_the_order_after_another_was_answered_is_hung_up_too() {
        site.file("door", "topic", "door/bell", "phones", "a, b", "dial", "10");
        CompletableFuture<Result> slow = site.answersLater("a");
        site.says("door/bell", "x").reports("b", EventType.CALL_CONNECTED, "2", "10");
        assertThat(site.orders()).noneMatch(order -> order.contains("hangup"));
        slow.complete(TriggerSite.result(site.wholeOrders().get(0), Status.ACCEPTED));
        site.pass(1);
        assertThat(site.orders()).last().isEqualTo("a hangup PRESS");
    }

    @Test
    void call_of_somebody_else_on_the_same_phone_is_no_answer() {
        bell().says("door/bell", "ring")
                .reports("hall", EventType.CALL_CONNECTED, "9", "0302222", Direction.INBOUND)
                .reports("hall", EventType.CALL_CONNECTED, "8", "0303333")
                .reports("kitchen", EventType.CALL_CONNECTED, "7", "10");
        assertThat(site.results("door")).isEmpty();
    }

    @Test
    void number_with_a_prefix_of_the_pbx_is_the_same_call() {
        site.file("door", "topic", "t", "phones", "hall", "dial", "0171234")
                .says("t", "x")
                .reports("hall", EventType.CALL_CONNECTED, "", "00171234");
        assertThat(site.outcomes("door")).containsExactly("answered");
    }

    @Test
    void call_that_stands_beside_another_is_not_hung_up() {
        bell().says("door/bell", "ring")
                .reports("hall", EventType.CALL_OUTGOING, "7", "10")
                .calls(
                        "hall",
                        "[{\"id\":\"7\",\"direction\":\"outbound\",\"number\":\"10\"},"
                                + "{\"id\":\"8\",\"direction\":\"inbound\",\"number\":\"99\"}]")
                .pass(30);
        assertThat(site.orders()).noneMatch(order -> order.contains("hangup"));
    }

    @Test
    void phone_that_is_in_somebody_elses_call_only_is_not_hung_up() {
        bell().says("door/bell", "ring")
                .calls("hall", "[{\"id\":\"8\",\"direction\":\"inbound\",\"number\":\"99\"}]")
                .pass(30);
        assertThat(site.orders()).noneMatch(order -> order.contains("hangup"));
    }

    @Test
    void cancel_hangs_up_what_is_placed_and_dials_no_more() {
        bell("cancel.topic", "door/lock", "cancel.payload", "open")
                .says("door/bell", "ring")
                .reports("hall", EventType.CALL_OUTGOING, "7", "10")
                .says("door/lock", "open")
                .pass(200);
        assertThat(site.orders()).containsExactly("hall dial 10", "hall hangup {\"call\":\"7\"}");
        assertThat(site.outcomes("door")).containsExactly("cancelled");
    }

    @Test
    void cancel_hangs_up_the_call_that_was_answered() {
        bell("cancel.topic", "door/lock")
                .says("door/bell", "ring")
                .reports("hall", EventType.CALL_OUTGOING, "7", "10")
                .reports("hall", EventType.CALL_CONNECTED, "7", "10")
                .says("door/lock", "x")
                .says("door/lock", "x")
                .pass(1);
        assertThat(site.orders()).containsExactly("hall dial 10", "hall hangup {\"call\":\"7\"}");
    }

    @Test
    void cancel_hangs_up_nothing_once_the_call_has_ended() {
        bell("cancel.topic", "door/lock")
                .says("door/bell", "ring")
                .reports("hall", EventType.CALL_CONNECTED, "7", "10")
                .reports("hall", EventType.CALL_ENDED, "7", "10")
                .says("door/lock", "x");
        assertThat(site.orders()).containsExactly("hall dial 10");
        assertThat(site.outcomes("door")).containsExactly("answered", "ignored");
        assertThat(site.last("door").get("detail").getAsString()).isEqualTo("there is nothing to cancel");
    }

    @Test
    void file_that_goes_away_ends_what_runs() {
        bell().says("door/bell", "ring").delete("door");
        assertThat(site.orders()).containsExactly("hall dial 10", "hall hangup PRESS");
        assertThat(site.outcomes("door")).containsExactly("cancelled");
        assertThat(site.filters()).isEmpty();
    }

    @Test
    void command_goes_to_each_phone_once_and_each_result_is_told() {
        site.file("night", "topic", "house/mode", "payload", "night", "phones", "a, b", "command", "dnd", "value", "ON")
                .answers("b", Status.UNREACHABLE)
                .says("house/mode", "night");
        assertThat(site.orders()).containsExactly("a dnd ON", "b dnd ON");
        assertThat(site.outcomes("night")).containsExactly("carried_out");
        assertThat(site.last("night").get("detail").getAsString()).isEqualTo("1 of 2 accepted");
    }

    @Test
    void command_that_no_phone_takes_has_failed() {
        site.file("night", "topic", "t", "phones", "a", "command", "dnd", "value", "ON")
                .answers("a", Status.UNSUPPORTED)
                .says("t", "x");
        assertThat(site.outcomes("night")).containsExactly("failed");
    }

    @Test
    void order_without_a_result_does_not_hold_up_the_trigger() {
        site.file("night", "topic", "t", "phones", "a", "command", "dnd", "value", "ON");
        site.answersLater("a");
        site.says("t", "x").pass(30);
        assertThat(site.outcomes("night")).containsExactly("failed");
    }

    @Test
    void steps_of_a_long_run_are_bounded() {
        StringBuilder phones = new StringBuilder("p0");
        for (int i = 1; i < 100; i++) {
            phones.append(",p").append(i);
        }
        site.file("all", "topic", "t", "phones", phones.toString(), "dial", "1,2,3", "rounds", "10", "ring.s", "1")
                .says("t", "x")
                .pass(1000);
        assertThat(site.last("all").getAsJsonArray("steps")).hasSize(100);
        assertThat(List.of(site.outcomes("all"))).containsExactly(List.of("nobody"));
    }
}
