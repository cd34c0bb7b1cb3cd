package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Triggers and groups in the distribution, with a real broker and phones that record what they are asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TriggersIT {

    private static final String HALL = "001fc1000201";
    private static final String PORCH = "001fc1000202";

    private final Site site = Site.prepared("triggers");
    private final RecordingPhone hall = RecordingPhone.http();
    private final RecordingPhone porch = RecordingPhone.http();

    @BeforeAll
    void starts() {
        site.bellwire().set("org.bellwire.line", "rate.dial", "6000/min");
        site.bellwire()
                .set("org.bellwire.ingress", "rate.address", "100000/s"); // they are asked for until they are there
        site.bellwire().write(PhoneFile.of("t-hall", "htek").with("mac", HALL).at(hall));
        site.bellwire().write(PhoneFile.of("t-porch", "htek").with("mac", PORCH).at(porch));
        site.bellwire().write("org.bellwire.group-t-all.cfg", "name = All\nphones = t-hall, t-por*\n");
        site.start();
    }

    @AfterAll
    void ends() {
        site.close();
        List.of(hall, porch).forEach(RecordingPhone::close);
    }

    private void trigger(String id, String... lines) {
        site.bellwire().write("org.bellwire.trigger-" + id + ".cfg", String.join("\n", lines) + "\n");
        Waits.until("the trigger " + id, () -> site.caller().reports("trigger", "/" + id + "/cancel") == 200);
    }

    /** The next result that is no refusal to cancel nothing. */
    private static ReceivedMessage result(Listener listener, int mark, String id) {
        return listener.after(mark)
                .first(
                        "bellwire/bridge/trigger/" + id,
                        message -> !message.payload().contains("nothing to cancel"));
    }

    private static void dials(RecordingPhone phone, String number) {
        Waits.until(
                "a request to dial " + number,
                () -> phone.targets().stream().anyMatch(target -> target.contains(number)));
    }

    private void reports(String mac, String event, String call, String number) {
        int status =
                site.caller().reports("htek", "/" + event + "?mac=" + mac + "&call_id=" + call + "&remote=" + number);
        assertThat(status).isEqualTo(200);
    }

    @Test
    void button_of_the_building_rings_one_number_and_then_the_next_until_one_answers() {
        trigger(
                "bell",
                "topic = house/bell",
                "payload = ring",
                "phones = t-hall",
                "dial = 5550101, 5550102",
                "ring.s = 1");
        try (Listener listener = site.listener()) {
            int mark = listener.mark();
            listener.publish("house/bell", "ring");
            dials(hall, "5550101");
            reports(HALL, "Outgoing%20Call", "b1", "5550101");
            dials(hall, "5550102");
            reports(HALL, "Outgoing%20Call", "b2", "5550102");
            reports(HALL, "Call%20Established", "b2", "5550102");
            ReceivedMessage result = result(listener, mark, "bell");
            assertThat(result.text("outcome")).as(result.payload()).isEqualTo("answered");
            assertThat(result.text("phone")).isEqualTo("t-hall");
            assertThat(result.text("number")).isEqualTo("5550102");
            assertThat(result.retained()).isFalse();
            assertThat(listener.all("bellwire/t-hall/result/hangup"))
                    .as("the first call was hung up")
                    .isNotEmpty();
        }
    }

    @Test
    void get_and_post_fire_a_trigger_of_a_group_and_cancel_hangs_up() {
        trigger("http", "phones = t-all", "dial = 5550201", "cooldown.s = 0");
        for (String method : List.of("GET", "POST")) {
            hall.forget();
            porch.forget();
            try (Listener listener = site.listener()) {
                int mark = listener.mark();
                String head = method + " %s HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody";
                assertThat(site.caller()
                                .sendsHead("trigger", "/http?button=2", head)
                                .status())
                        .isEqualTo(200);
                dials(hall, "5550201");
                dials(porch, "5550201");
                assertThat(site.caller().reports("trigger", "/http/cancel")).isEqualTo(200);
                ReceivedMessage result = result(listener, mark, "http");
                assertThat(result.text("outcome")).as(result.payload()).isEqualTo("cancelled");
            }
        }
        assertThat(site.bellwire().log()).contains("trigger http");
    }

    @Test
    void retained_message_fires_nothing() {
        try (Listener listener = site.listener()) {
            listener.publish("house/kept", "ring", true);
            int mark = listener.mark();
            trigger("kept", "topic = house/kept", "payload = ring", "phones = t-hall", "dial = 5550301");
            assertThat(result(listener, mark, "kept").text("detail")).startsWith("retained");
            assertThat(hall.targets()).noneMatch(target -> target.contains("5550301"));
        }
    }

    @Test
    void nothing_goes_on_after_the_process_was_killed() {
        trigger("killed", "topic = house/killed", "phones = t-hall", "dial = 5550401, 5550402", "ring.s = 1");
        try (Listener listener = site.listener()) {
            listener.publish("house/killed", "ring");
            dials(hall, "5550401");
            site.bellwire().kill();
            listener.publish("house/killed", "while nobody listens");
            site.start();
            Waits.until("the trigger", () -> site.caller().reports("trigger", "/killed/cancel") == 200);
            Waits.atMost(Duration.ofSeconds(10), "a command after the start")
                    .until(() -> listener.commanded("t-hall", "volume", "UP")
                            .status()
                            .equals("accepted"));
            assertThat(hall.targets()).noneMatch(target -> target.contains("5550402"));
            assertThat(hall.targets().stream().filter(target -> target.contains("5550401")))
                    .hasSize(1);
        }
    }

    @Test
    void shell_fires_a_trigger_and_prints_what_came_of_it() {
        trigger("shell", "phones = t-all", "command = volume", "value = UP");
        Program.Ended ended = site.bellwire().bellwire("phone:trigger", "shell");
        assertThat(ended.output()).contains("shell: carried_out: 2 of 2 accepted");
        assertThat(ended.exit()).isZero();
    }

    @Test
    void wrong_files_are_named_with_key_and_reason_in_the_log_and_in_the_list() {
        site.bellwire().write("org.bellwire.trigger-odd.cfg", "topic = #\nphones = t-hall\ndial = 1\ncolour = red\n");
        site.bellwire().write("org.bellwire.group-t-hall.cfg", "phones = t-porch\n");
        Waits.until(
                "the faults",
                () -> site.bellwire().log().contains("org.bellwire.trigger-odd.cfg: topic: ")
                        && site.bellwire().log().contains("org.bellwire.trigger-odd.cfg: colour: no such key")
                        && site.bellwire()
                                .log()
                                .contains("org.bellwire.group-t-hall.cfg: file name: there is a phone"));
        assertThat(site.bellwire().bellwire("phone:list").output())
                .contains("trigger odd: topic: ", "group t-hall: file name: ");
        site.bellwire().delete("org.bellwire.trigger-odd.cfg");
        site.bellwire().delete("org.bellwire.group-t-hall.cfg");
    }

    @Test
    void group_has_the_topics_of_a_phone() {
        try (Listener listener = site.listener()) {
            assertThat(listener.first("bellwire/t-all/info").json().get("kind").getAsString())
                    .isEqualTo("group");
            reports(PORCH, "Incoming%20Call", "g1", "5550501");
            listener.hears("bellwire/t-all/state/call", "ringing");
            listener.hears("bellwire/t-all/state/peer_number", "5550501");
            listener.hears("bellwire/t-all/availability", "online");
            reports(PORCH, "Call%20Terminated", "g1", "5550501");
            ReceivedMessage result = listener.commanded("t-all", "volume", "UP");
            assertThat(result.status()).as(result.payload()).isEqualTo("accepted");
            assertThat(listener.first("bellwire/t-hall/result/volume").status()).isEqualTo("accepted");
        }
    }
}
