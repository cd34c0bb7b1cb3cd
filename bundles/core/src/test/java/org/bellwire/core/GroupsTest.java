package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.bellwire.api.Status;
import org.bellwire.api.port.PhoneClient;
import org.bellwire.api.port.PhoneClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups have the topics of a phone, and a command to one goes to its members. */
class GroupsTest {

    private final House house = new House();

    @AfterEach
    void leave() {
        house.close();
    }

    /** Two phones in one group. */
    private void floor() {
        house.file("floor2-a", "vendor", "acme", "host", "10.0.0.1")
                .file("floor2-b", "vendor", "acme", "host", "10.0.0.2")
                .group("floor2", "name", "Second floor", "phones", "floor2-*")
                .settle();
        house.bus.forget();
    }

    private void event(String phone, String event, String more) {
        house.get("acme", "/" + event + "?phone=" + phone + more);
    }

    private String state(String property) {
        return house.bus.retained("floor2/state/" + property).orElse("absent");
    }

    @Test
    void group_says_what_it_is_and_what_a_member_can() {
        floor();
        assertThat(house.bus.retained("floor2/info").orElseThrow())
                .contains("\"id\":\"floor2\"", "\"name\":\"Second floor\"", "\"kind\":\"group\"")
                .contains("\"members\":[\"floor2-a\",\"floor2-b\"]", "\"dial\"", "\"missed\"", "\"peer_number\"");
    }

    @Test
    void group_is_online_when_any_member_is() {
        house.line.setReachable(false);
        floor();
        assertThat(house.bus.retained("floor2/availability")).contains("offline");
        event("floor2-b", "Off-Hook", "");
        assertThat(house.bus.retained("floor2/availability")).contains("online");
        house.delete("floor2-b");
        assertThat(house.bus.retained("floor2/availability")).contains("offline");
    }

    @Test
    void group_says_what_its_strongest_member_says() {
        floor();
        event("floor2-a", "Outgoing Call", "&call_id=1&remote=100");
        assertThat(state("call")).isEqualTo("dialing");
        event("floor2-b", "Incoming Call", "&call_id=2&remote=42&display_remote=Peter");
        assertThat(List.of(state("call"), state("peer_number"), state("peer_name"), state("direction")))
                .containsExactly("ringing", "42", "Peter", "inbound");
        event("floor2-a", "Established", "&call_id=1&remote=100");
        assertThat(state("call")).as("a call that rings comes first").isEqualTo("ringing");
        event("floor2-b", "Terminated", "&call_id=2&remote=42");
        assertThat(List.of(state("call"), state("peer_number"))).containsExactly("connected", "100");
        event("floor2-b", "Outgoing Call", "&call_id=3&remote=300");
        assertThat(state("call"))
                .as("a call that stands before one that is dialled")
                .isEqualTo("connected");
        event("floor2-a", "Hold", "&call_id=1&remote=100");
        assertThat(state("call"))
                .as("a call that is dialled before one that is held")
                .isEqualTo("dialing");
        event("floor2-b", "Terminated", "&call_id=3&remote=300");
        assertThat(state("call")).isEqualTo("held");
        event("floor2-a", "Terminated", "&call_id=1&remote=100");
        assertThat(List.of(state("call"), state("peer_number"))).containsExactly("idle", "absent");
    }

    @Test
    void of_equal_calls_the_one_that_changed_last_speaks_for_the_group() {
        floor();
        event("floor2-a", "Incoming Call", "&call_id=1&remote=100");
        event("floor2-b", "Incoming Call", "&call_id=2&remote=200");
        assertThat(state("peer_number")).isEqualTo("200");
        event("floor2-b", "Terminated", "&call_id=2&remote=200");
        assertThat(state("peer_number")).isEqualTo("100");
    }

    @Test
    void group_is_off_hook_while_an_idle_member_is() {
        floor();
        event("floor2-a", "Incoming Call", "&call_id=1&remote=100");
        event("floor2-a", "Terminated", "&call_id=1&remote=100");
        event("floor2-b", "Incoming Call", "&call_id=2&remote=100");
        event("floor2-b", "Terminated", "&call_id=2&remote=100");
        event("floor2-a", "Off-Hook", "");
        assertThat(state("off_hook")).isEqualTo("ON");
    }

    @Test
    void whose_call_it_is_comes_before_the_call() {
        floor();
        event("floor2-a", "Incoming Call", "&call_id=1&remote=100&display_remote=Ann");
        List<String> states = house.bus.topics().stream()
                .filter(topic -> topic.startsWith("floor2/state/"))
                .toList();
        assertThat(states).startsWith("floor2/state/direction").endsWith("floor2/state/call");
        assertThat(states.indexOf("floor2/state/peer_number")).isLessThan(states.indexOf("floor2/state/peer_name"));
        assertThat(house.bus.topics().indexOf("floor2/state/call"))
                .as("before the event")
                .isLessThan(house.bus.topics().indexOf("floor2-a/event/call_incoming"));
    }

    @Test
    void what_does_not_change_is_not_published() {
        floor();
        event("floor2-a", "Incoming Call", "&call_id=1&remote=100");
        house.bus.forget();
        event("floor2-b", "Registered", "");
        assertThat(house.bus.topics()).noneMatch(topic -> topic.startsWith("floor2/state/"));
    }

    @Test
    void group_says_all_again_after_a_reconnect() {
        floor();
        event("floor2-a", "Incoming Call", "&call_id=1&remote=100");
        house.bus.disconnect();
        house.bus.forgetRetained();
        event("floor2-a", "Established", "&call_id=1&remote=100");
        house.bus.connect();
        house.settle();
        assertThat(List.of(state("call"), state("peer_number"))).containsExactly("connected", "100");
        assertThat(house.bus.retained()).containsKeys("floor2/info", "floor2/availability");
    }

    @Test
    void all_of_a_group_is_removed_when_its_file_goes() {
        floor();
        event("floor2-a", "Incoming Call", "&call_id=1&remote=100");
        house.groups.deleted("org.bellwire.group~floor2");
        house.settle();
        assertThat(house.bus.retained().keySet()).noneMatch(topic -> topic.startsWith("floor2/"));
        event("floor2-a", "Established", "&call_id=1&remote=100");
        assertThat(house.bus.retained().keySet()).noneMatch(topic -> topic.startsWith("floor2/"));
    }

    @Test
    void all_of_a_group_is_removed_though_the_broker_was_away_when_its_file_went() {
        floor();
        house.bus.disconnect();
        house.groups.deleted("org.bellwire.group~floor2");
        house.bus.connect();
        house.settle();
        assertThat(house.bus.retained().keySet()).noneMatch(topic -> topic.startsWith("floor2/"));
    }

    @Test
    void phone_that_comes_later_joins_and_one_that_goes_leaves() {
        floor();
        house.file("floor2-c", "vendor", "acme").settle();
        event("floor2-c", "Incoming Call", "&call_id=1&remote=7");
        assertThat(state("peer_number")).isEqualTo("7");
        assertThat(house.groups.find("floor2").orElseThrow().members()).hasSize(3);
        house.delete("floor2-c").settle();
        assertThat(state("call")).isNotEqualTo("ringing");
        assertThat(house.bus.retained("floor2/info").orElseThrow()).doesNotContain("floor2-c");
    }

    @Test
    void edit_of_the_file_takes_other_phones() {
        floor();
        event("floor2-b", "Incoming Call", "&call_id=1&remote=7");
        house.bus.forget();
        house.group("floor2", "phones", "floor2-b").settle();
        assertThat(house.bus.topics())
                .as("what stays the same is not said again")
                .noneMatch(t -> t.startsWith("floor2/state"));
        assertThat(house.bus.retained("floor2/info").orElseThrow()).contains("[\"floor2-b\"]");
        event("floor2-a", "Incoming Call", "&call_id=2&remote=8");
        assertThat(state("peer_number")).isEqualTo("7");
    }

    @Test
    void command_goes_to_each_member_and_the_group_tells_the_sum() {
        floor();
        house.bus.arrives("floor2/command/dial", "{\"number\":\"42\",\"id\":\"rule-1\"}");
        assertThat(house.line.sent()).containsExactly("floor2-a /dial?value=42", "floor2-b /dial?value=42");
        assertThat(house.bus.payloads("floor2-a/result/dial")).hasSize(1);
        assertThat(house.bus.payloads("floor2/result/dial")).hasSize(1);
        assertThat(house.bus.payloads("floor2/result/dial").get(0))
                .contains("\"id\":\"rule-1\"", "\"phone\":\"floor2\"", "\"status\":\"accepted\"", "2 of 2 accepted");
    }

    @Test
    void mixture_of_results_is_the_worst_of_them_and_says_whose() {
        floor();
        house.line.answers(Answer.of(PhoneClient.Kind.OK, 200));
        house.line.answers(Answer.of(PhoneClient.Kind.FAILED, 500));
        var result = house.send("floor2", "dial", "42").toCompletableFuture().join();
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.detail()).contains("1 of 2 accepted; floor2-b failed");
    }

    @Test
    void members_whose_vendor_has_no_such_command_do_not_spoil_the_sum() {
        floor();
        var result = house.send("floor2", "conference", "PRESS")
                .toCompletableFuture()
                .join();
        assertThat(result.status()).isEqualTo(Status.UNSUPPORTED);
    }

    @Test
    void command_to_a_group_without_phones_is_refused() {
        house.group("empty", "phones", "nobody-*").settle();
        var result = house.send("empty", "dial", "42").toCompletableFuture().join();
        assertThat(result.status()).isEqualTo(Status.REFUSED);
        assertThat(result.detail().orElseThrow()).contains("no phones");
    }

    @Test
    void rule_for_all_groups_holds_for_each_member() {
        floor();
        var result =
                house.send("floor2", "reboot", "PRESS").toCompletableFuture().join();
        assertThat(result.status()).as("off unless allowed").isEqualTo(Status.REFUSED);
        assertThat(house.line.sent()).isEmpty();
    }

    @Test
    void id_that_a_phone_has_is_a_fault_of_the_group_that_comes_later_until_it_is_free() {
        house.file("lobby", "vendor", "acme").group("lobby", "phones", "x").settle();
        assertThat(house.groups.find("lobby").orElseThrow().fault().orElseThrow())
                .contains("file name: there is a phone 'lobby'");
        assertThat(house.log.warnings()).anyMatch(line -> line.contains("org.bellwire.group-lobby.cfg: file name:"));
        house.delete("lobby").settle();
        assertThat(house.groups.find("lobby").orElseThrow().fault()).isEmpty();
    }

    @Test
    void id_that_a_group_has_is_a_fault_of_the_phone_that_comes_later_until_it_is_free() {
        house.group("lobby", "phones", "x").file("lobby", "vendor", "acme").settle();
        assertThat(house.fault("lobby")).contains("file name: there is a group 'lobby'");
        house.groups.deleted("org.bellwire.group~lobby");
        assertThat(house.fault("lobby")).isEmpty();
    }

    @Test
    void wrong_file_is_named_once_with_key_and_reason_and_listed() {
        house.group("floor2", "phones", "a/b, floor2-*")
                .group("bridge", "phones", "a")
                .group("none", "name", "x");
        assertThat(house.log.warnings())
                .anyMatch(line -> line.contains("org.bellwire.group-floor2.cfg: phones: 'a/b' is no phone's id"))
                .anyMatch(line -> line.contains("org.bellwire.group-bridge.cfg: file name:"))
                .anyMatch(line -> line.contains("org.bellwire.group-none.cfg: phones: is missing"))
                .hasSize(3);
        assertThat(house.groups.all())
                .hasSize(3)
                .allMatch(group -> group.fault().isPresent());
    }

    @Test
    void what_many_threads_report_leaves_the_group_as_its_members_are() throws InterruptedException {
        for (int i = 0; i < 8; i++) {
            house.file("floor2-" + i, "vendor", "acme");
        }
        house.group("floor2", "phones", "floor2-*").settle();
        List<Runnable> reports = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String phone = "floor2-" + i;
            reports.add(() -> {
                for (int call = 0; call < 50; call++) {
                    event(phone, "Incoming Call", "&call_id=" + call + "&remote=" + call);
                    event(phone, "Terminated", "&call_id=" + call + "&remote=" + call);
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        reports.forEach(threads::execute);
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(List.of(state("call"), state("peer_number"), state("direction")))
                .containsExactly("idle", "absent", "absent");
    }
}
