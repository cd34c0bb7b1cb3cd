package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The flow of docs/examples/node-red in a real Node-RED: phones report, the flow shows who calls, and has a phone dial. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NodeRedIT {

    private static final Path FLOW = Path.of("../docs/examples/node-red/flow.json");
    private static final String RECEPTION = "001fc1000a01";
    private static final String LOBBY = "001fc1000a02";
    private static final String DISPLAY = "building/hall/display";

    private final Site site = Site.running("node-red");
    private final RecordingPhone lobby = RecordingPhone.http();
    private final Listener listener = site.listener();
    private Optional<NodeRed> nodeRed = Optional.empty();

    @BeforeAll
    void start() {
        site.add(
                PhoneFile.of("reception", "htek").with("mac", RECEPTION),
                PhoneFile.of("lobby", "htek").with("mac", LOBBY).at(lobby));
        listener.hearsAlso(DISPLAY);
        // Something that the broker keeps, and that is not to be taken for this call.
        calls(RECEPTION, "yesterday", "30", "Paula");
        ends(RECEPTION, "yesterday");
        calls(LOBBY, "yesterday", "30", "Paula");
        ends(LOBBY, "yesterday");
        listener.hears("bellwire/lobby/state/call", "idle");
        NodeRed started = NodeRed.running(Scratch.folder("node-red-home"));
        nodeRed = Optional.of(started);
        started.imports(FLOW, site.broker());
        // The last of the flow's subscriptions: when it brings what the broker keeps, the others are there, too.
        Waits.atMost(Duration.ofSeconds(30), "the flow listens")
                .until(() ->
                        started.kept("flow", "b311000000000001", "lobby_call").equals(Optional.of("idle")));
    }

    @AfterAll
    void end() {
        nodeRed.ifPresent(NodeRed::close);
        listener.close();
        lobby.close();
        site.close();
    }

    private void calls(String mac, String id, String number, String name) {
        reports(
                mac,
                "/Incoming%20Call?mac=" + mac + "&call_id=" + id + "&remote=" + number + "&display_remote=" + name);
    }

    private void ends(String mac, String id) {
        reports(mac, "/Call%20Terminated?mac=" + mac + "&call_id=" + id);
    }

    private void reports(String mac, String rest) {
        assertThat(site.caller().reports("htek", rest)).as(mac).isEqualTo(200);
    }

    private List<String> shown(int mark) {
        return listener.after(mark).all(DISPLAY).stream()
                .map(ReceivedMessage::payload)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    @Test
    void display_shows_the_caller_of_each_call_and_not_the_one_before() {
        int mark = listener.mark();
        List<String> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls(RECEPTION, "c" + i, String.valueOf(40 + i), i % 2 == 0 ? "Peter" + i : "");
            ends(RECEPTION, "c" + i);
            callers.add(i % 2 == 0 ? "Peter" + i : String.valueOf(40 + i));
        }

        Waits.until("20 callers", () -> shown(mark).size() >= callers.size());
        assertThat(shown(mark)).isEqualTo(callers);
    }

    @Test
    void number_of_twenty_digits_is_shown_as_it_is() {
        int mark = listener.mark();
        calls(RECEPTION, "long", "00491234567890123457", "");
        ends(RECEPTION, "long");

        Waits.until("the caller", () -> !shown(mark).isEmpty());
        assertThat(shown(mark)).containsExactly("00491234567890123457");
    }

    @Test
    void withheld_number_is_shown_as_unknown() {
        int mark = listener.mark();
        calls(RECEPTION, "withheld", "", "");
        ends(RECEPTION, "withheld");

        Waits.until("the caller", () -> !shown(mark).isEmpty());
        assertThat(shown(mark)).containsExactly("Unknown caller");
    }

    @Test
    void phone_dials_for_whoever_lifts_its_receiver() {
        lobby.forget();
        int mark = listener.mark();
        reports(LOBBY, "/Offhook?mac=" + LOBBY);

        ReceivedMessage result = listener.after(mark).first("bellwire/lobby/result/dial", any -> true);
        assertThat(result.status()).as(result.payload()).isEqualTo("accepted");
        assertThat(lobby.targets()).hasSize(1).first().asString().contains("101");
        assertThat(listener.after(mark).all("bellwire/lobby/command/dial"))
                .extracting(ReceivedMessage::payload)
                .containsExactly("101");
        reports(LOBBY, "/Onhook?mac=" + LOBBY);
    }
}
