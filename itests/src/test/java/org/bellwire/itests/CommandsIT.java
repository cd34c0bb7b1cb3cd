package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a command's topic to the phone and its results, beyond what the vendors' rows show. */
@ExtendWith(SharedSite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandsIT {

    private static final String MAC = "001fc1000101";

    private final Site site;
    private final Certificate certificate = Certificate.selfSigned(Scratch.folder("certificate"));
    private final RecordingPhone lobby = RecordingPhone.http();
    private final RecordingPhone kitchen = RecordingPhone.http();
    private final RecordingPhone dead = RecordingPhone.http().silent();
    private final RecordingPhone office = RecordingPhone.https(certificate);
    private final RecordingPhone stranger = RecordingPhone.https(certificate);
    private final Listener listener;

    CommandsIT(Site site) {
        this.site = site;
        listener = site.listener();
    }

    @BeforeAll
    void add_phones() {
        site.add(
                htek("c-lobby").with("mac", MAC).at(lobby),
                htek("c-kitchen").at(kitchen),
                htek("c-dead").at(dead),
                htek("c-nowhere").with("host", "127.0.0.1").with("port", String.valueOf(Loopback.freePort())),
                PhoneFile.of("c-mute", "htek"),
                PhoneFile.of("c-office", "auerswald")
                        .with("api.token", "bearerOfTheOffice")
                        .with("tls.pin", certificate.pin())
                        .at(office),
                PhoneFile.of("c-stranger", "auerswald")
                        .with("api.token", "bearerOfTheOffice")
                        .with("tls.pin", "00".repeat(32))
                        .at(stranger));
    }

    private static PhoneFile htek(String id) {
        return PhoneFile.of(id, "htek").with("user", "admin").with("password", "wontTell");
    }

    @BeforeEach
    void quiet_lobby() {
        lobby.answering(RecordingPhone.OK).forget();
        kitchen.answering(RecordingPhone.OK).forget();
    }

    @AfterAll
    void leave() {
        listener.close();
        List.of(lobby, kitchen, dead, office, stranger).forEach(RecordingPhone::close);
    }

    @Test
    void result_says_which_command_it_was_and_how_long_it_took() {
        ReceivedMessage result = listener.commanded("c-kitchen", "dial", "{\"number\":\"42\",\"id\":\"kitchen-7\"}");

        assertThat(result.status()).as(result.payload()).isEqualTo("accepted");
        assertThat(result.text("id")).isEqualTo("kitchen-7");
        assertThat(result.text("phone")).isEqualTo("c-kitchen");
        assertThat(result.text("command")).isEqualTo("dial");
        assertThat(result.json().get("http_status").getAsInt()).isEqualTo(200);
        assertThat(result.json().get("took_ms").getAsLong()).isBetween(0L, 5000L);
        assertThat(result.retained()).isFalse();
    }

    @Test
    void password_goes_as_basic_in_the_header_and_nowhere_else() {
        listener.commanded("c-lobby", "volume", "UP");

        String basic = Base64.getEncoder().encodeToString("admin:wontTell".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(lobby.requests()).hasSize(1);
        assertThat(lobby.requests().get(0).header("Authorization")).contains("Basic " + basic);
        assertThat(site.bellwire().log()).doesNotContain("wontTell").doesNotContain(basic);
    }

    @Test
    void token_goes_as_bearer_over_the_pinned_connection() {
        ReceivedMessage result = listener.commanded("c-office", "dial", "42");

        assertThat(result.status()).as(result.payload()).isEqualTo("accepted");
        assertThat(office.requests().get(0).header("Authorization")).contains("Bearer bearerOfTheOffice");
        assertThat(site.bellwire().log()).doesNotContain("bearerOfTheOffice");
    }

    @Test
    void other_certificate_than_the_pinned_one_gets_no_request() {
        ReceivedMessage result = listener.commanded("c-stranger", "dial", "42");

        assertThat(result.status()).isIn("unreachable", "failed");
        assertThat(result.payload()).contains("tls.pin");
        assertThat(stranger.requests()).isEmpty();
    }

    @Test
    void command_is_confirmed_by_the_event_that_proves_it() {
        int mark = listener.mark();
        listener.command("c-lobby", "dial", "{\"number\":\"42\",\"id\":\"proof\"}");
        result(mark, "dial", "accepted");

        site.caller().reports("htek", "/Outgoing%20Call?mac=" + MAC + "&call_id=p1&remote=42");

        assertThat(result(mark, "dial", "confirmed").text("id")).isEqualTo("proof");
        site.caller().reports("htek", "/Call%20Terminated?mac=" + MAC + "&call_id=p1");
    }

    @Test
    void command_without_its_event_is_unconfirmed_after_five_seconds() {
        int mark = listener.mark();
        listener.command("c-kitchen", "dnd", "ON");
        ReceivedMessage accepted = listener.after(mark)
                .first("bellwire/c-kitchen/result/dnd", h -> h.status().equals("accepted"));
        ReceivedMessage unconfirmed = listener.after(mark)
                .first("bellwire/c-kitchen/result/dnd", h -> h.status().equals("unconfirmed"));

        assertThat(tookMs(unconfirmed) - tookMs(accepted)).isBetween(4_999L, 6_500L);
    }

    private static long tookMs(ReceivedMessage result) {
        return result.json().get("took_ms").getAsLong();
    }

    private ReceivedMessage result(int mark, String command, String status) {
        return listener.after(mark)
                .first("bellwire/c-lobby/result/" + command, h -> h.status().equals(status));
    }

    @Test
    void bad_payloads_are_refused_and_nothing_is_sent() {
        String[][] bad = {
            {"dial", "206&Account=2"},
            {"dial", "1;OK;Reboot"},
            {"dial", "unavailable"},
            {"dial", "%34"},
            {"dial", "x".repeat(65)},
            {"dial", "{\"number\":"},
            {"dnd", "perhaps"},
            {"mute", "ON"},
            {"volume", "11"},
            {"key", "Self destruct"},
            {"key", "1;Reboot"},
            {"reboot", "PRESS"},
            {"answer", "PRESS"},
            {"dial", "{\"number\":\"42\",\"expires\":\"" + Instant.now().minusSeconds(1) + "\"}"},
        };
        for (String[] command : bad) {
            ReceivedMessage result = listener.commanded("c-lobby", command[0], command[1]);
            assertThat(result.status()).as(command[0] + " " + command[1]).isEqualTo("refused");
            assertThat(result.text("detail")).as(command[0] + " " + command[1]).isNotBlank();
        }
        assertThat(lobby.requests()).isEmpty();
    }

    @Test
    void unknown_phone_is_refused() {
        assertThat(listener.commanded("c-nobody", "dial", "42").status()).isEqualTo("refused");
    }

    @Test
    void phone_without_host_is_refused_with_the_reason() {
        ReceivedMessage result = listener.commanded("c-mute", "dial", "42");

        assertThat(result.status()).isEqualTo("refused");
        assertThat(result.text("detail")).contains("host");
    }

    @Test
    void command_that_the_vendor_does_not_have_is_unsupported() {
        assertThat(listener.commanded("c-lobby", "text", "Front door").status()).isEqualTo("unsupported");
        assertThat(listener.commanded("c-lobby", "fly", "PRESS").status()).isEqualTo("unsupported");
        assertThat(lobby.requests()).isEmpty();
    }

    @Test
    void denied_credentials_are_unauthorized() {
        for (int status : new int[] {401, 403}) {
            lobby.answering("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n");
            ReceivedMessage result = listener.commanded("c-lobby", "volume", "UP");
            assertThat(result.status()).as(result.payload()).isEqualTo("unauthorized");
            assertThat(result.json().get("http_status").getAsInt()).isEqualTo(status);
        }
    }

    @Test
    void other_errors_are_failed() {
        lobby.answering("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");

        ReceivedMessage result = listener.commanded("c-lobby", "volume", "UP");

        assertThat(result.status()).isEqualTo("failed");
        assertThat(result.json().get("http_status").getAsInt()).isEqualTo(500);
    }

    @Test
    void redirect_is_never_followed() {
        kitchen.forget();
        lobby.answering("HTTP/1.1 302 Found\r\nLocation: http://" + kitchen.host() + ":" + kitchen.port()
                + "/stolen\r\nContent-Length: 0\r\n\r\n");

        ReceivedMessage result = listener.commanded("c-lobby", "volume", "UP");

        assertThat(result.status()).isIn("unauthorized", "failed");
        assertThat(lobby.requests()).hasSize(1);
        assertThat(kitchen.requests()).isEmpty();
    }

    @Test
    void stray_401_of_this_vendor_is_tried_once_more() {
        lobby.answering(request -> Optional.of(
                lobby.requests().size() == 1
                        ? "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"
                        : RecordingPhone.OK));

        assertThat(listener.commanded("c-lobby", "volume", "UP").status()).isEqualTo("accepted");
        assertThat(lobby.requests()).hasSize(2);
    }

    @Test
    void phone_that_is_not_there_is_unreachable() {
        ReceivedMessage result = listener.commanded("c-nowhere", "volume", "UP");

        assertThat(result.status()).isEqualTo("unreachable");
    }

    @Test
    void empty_commands_are_not_carried_out() {
        listener.publish("bellwire/c-lobby/command/speaker", "");
        listener.publish("bellwire/c-lobby/command/redial", "   ");

        assertThat(listener.commanded("c-lobby", "headset", "PRESS").status()).isEqualTo("accepted");
        assertThat(lobby.targets()).containsExactly("/Phone_ActionURL&key=HEADSET");
    }

    @Test
    void phone_that_never_answers_delays_no_other() {
        List<Double> alone = kitchenDelays();
        int mark = listener.mark();
        for (int i = 0; i < 5; i++) {
            listener.command("c-dead", "volume", "UP");
        }
        Waits.until("the dead phone is asked", () -> !dead.requests().isEmpty());

        List<Double> beside = kitchenDelays();

        assertThat(listener.after(mark).all("bellwire/c-dead/result/volume"))
                .as("the dead phone is still being waited for")
                .hasSizeLessThan(5);
        System.out.printf(
                "figure: command reaches its phone: median %.1f ms, worst %.1f ms; beside a dead phone %.1f ms, %.1f ms%n",
                median(alone), worst(alone), median(beside), worst(beside));
        listener.after(mark)
                .first("bellwire/c-dead/result/volume", h -> h.status().equals("unreachable"));
    }

    /** From a command's publication to its request at the phone, in milliseconds, in order of size. */
    private List<Double> kitchenDelays() {
        List<Double> delays = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            kitchen.forget();
            long sent = System.nanoTime();
            listener.command("c-kitchen", "volume", "UP");
            Waits.until("the request arrives", () -> !kitchen.requests().isEmpty());
            delays.add((kitchen.requests().get(0).nanos() - sent) / 1e6);
        }
        delays.sort(null);
        return delays;
    }

    private static double median(List<Double> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static double worst(List<Double> sorted) {
        return sorted.get(sorted.size() - 1);
    }
}
