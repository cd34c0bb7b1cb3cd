package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands and events of phones with a door, a password in the request, and calls named by their ids. */
class StationTest {

    private static final String BASE = "?passcode={password}&value=";

    private final House house = new House();

    @BeforeEach
    void write_files() {
        house.registry.addBinding(new Station());
        house.file("gate", "vendor", "2station", "host", "192.0.2.20", "password", "geheim", "allow", "open");
        house.file("shut", "vendor", "2station", "host", "192.0.2.21", "password", "geheim");
        house.file("bare", "vendor", "2station", "host", "192.0.2.22", "allow", "open");
        house.line.setReachable(false);
        house.settle();
        house.bus.forget();
        house.log.forget();
    }

    @AfterEach
    void leave() {
        house.close();
    }

    private Result sent(String phone, String command, String payload) {
        CompletableFuture<Result> result = house.send(phone, command, payload).toCompletableFuture();
        assertThat(result).isCompleted();
        return result.join();
    }

    private String onlyRequest() {
        assertThat(house.line.sent()).hasSize(1);
        return house.line.sent().get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRESS", "1", "SA", "gggaaa@1"})
    void door_opens_where_its_file_allows_it(String payload) {
        assertThat(sent("gate", "open", payload).status()).isEqualTo(Status.ACCEPTED);
        assertThat(onlyRequest()).isEqualTo("gate /open" + BASE + payload);
    }

    @Test
    void door_stays_shut_where_its_file_does_not_allow_it() {
        assertThat(sent("shut", "open", "PRESS").detail().orElse("")).contains("allow = open");
        assertThat(house.line.sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1&key=Reboot", "a b", "12345678901234567"})
    void door_opens_for_no_relay_that_could_be_more_than_one(String payload) {
        assertThat(sent("gate", "open", payload).status()).isEqualTo(Status.REFUSED);
        assertThat(house.line.sent()).isEmpty();
    }

    @Test
    void door_opens_four_times_a_minute_and_no_oftener() {
        for (int i = 0; i < 4; i++) {
            assertThat(sent("gate", "open", "PRESS").status()).isEqualTo(Status.ACCEPTED);
        }
        Result fifth = sent("gate", "open", "PRESS");
        assertThat(fifth.status()).isEqualTo(Status.REFUSED);
        assertThat(fifth.detail().orElse("")).contains("rate.open");
        house.time.pass(Duration.ofSeconds(15));
        assertThat(sent("gate", "open", "PRESS").status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void rate_of_openings_is_that_of_the_file() {
        house.commands.configure(Map.of("rate.open", "1/h"));
        assertThat(sent("gate", "open", "PRESS").status()).isEqualTo(Status.ACCEPTED);
        assertThat(sent("gate", "open", "PRESS").status()).isEqualTo(Status.REFUSED);
    }

    @Test
    void door_that_did_not_answer_is_not_told_again() {
        house.line.answers(Answer.of(Kind.UNREACHABLE, "no answer"));
        assertThat(sent("gate", "open", "PRESS").status()).isEqualTo(Status.UNREACHABLE);
        house.time.pass(Duration.ofMinutes(1));
        assertThat(house.line.sent()).hasSize(1);
    }

    @Test
    void door_that_waited_too_long_behind_others_stays_shut() {
        CompletableFuture<Answer> slow = house.line.answersLater();
        house.send("gate", "call_waiting", "ON");
        CompletableFuture<Result> open = house.send("gate", "open", "PRESS").toCompletableFuture();
        house.time.pass(Duration.ofSeconds(11));
        slow.complete(Answer.of(Kind.OK, 200));
        assertThat(open.join().status()).isEqualTo(Status.REFUSED);
        assertThat(house.line.sent()).hasSize(1);
    }

    @Test
    void opening_is_audited() {
        sent("gate", "open", "PRESS");
        assertThat(String.join("\n", house.log.all()))
                .contains("phone gate: open from")
                .contains("accepted");
    }

    @Test
    void opening_is_confirmed_by_the_door() {
        sent("gate", "open", "PRESS");
        house.get("2station", "/Relay?phone=gate");
        assertThat(statuses("gate/result/open")).containsExactly("accepted", "confirmed");
        assertThat(house.bus.retained("gate/state/door")).contains("open");
    }

    private List<String> statuses(String topic) {
        return house.bus.payloads(topic).stream()
                .map(text -> JsonParser.parseString(text).getAsJsonObject())
                .map(json -> json.get("status").getAsString())
                .toList();
    }

    @Test
    void request_that_needs_a_password_is_refused_where_the_file_has_none() {
        Result result = sent("bare", "open", "PRESS");
        assertThat(result.status()).isEqualTo(Status.REFUSED);
        assertThat(result.detail().orElse("")).contains("has no password");
        assertThat(house.line.sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42 | 42",
                "+49 30 123 | %2B4930123",
                "OFF | OFF",
                "off | OFF",
                "false | OFF",
                "ON | ON",
                "{\"number\":\"1001\",\"after_s\":24} | 1001&after=24",
                "{\"value\":\"OFF\"} | OFF",
                "{\"value\":42} | 42"
            })
    void calls_are_forwarded_to_a_number_or_forwarding_is_switched(String payload, String request) {
        assertThat(sent("gate", "forward_always", payload).status()).isEqualTo(Status.ACCEPTED);
        assertThat(onlyRequest()).endsWith("value=" + request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0900123", "unavailable", "4 2;OK&x", "{\"number\":\"42\",\"after_s\":0}"})
    void calls_are_not_forwarded_to_what_is_no_number_or_denied(String payload) {
        assertThat(sent("gate", "forward_always", payload).status()).isEqualTo(Status.REFUSED);
        assertThat(house.line.sent()).isEmpty();
    }

    @Test
    void forwarding_does_not_count_for_the_rate_of_calls() {
        for (int i = 0; i < 12; i++) {
            assertThat(sent("gate", "forward_always", "42").status()).isEqualTo(Status.ACCEPTED);
        }
    }

    @Test
    void forwarding_is_confirmed_by_its_own_event() {
        sent("gate", "forward_always", "42");
        house.get("2station", "/Forward?phone=gate");
        sent("gate", "forward_always", "OFF");
        house.get("2station", "/No Forward?phone=gate");
        assertThat(statuses("gate/result/forward_always"))
                .containsExactly("accepted", "confirmed", "accepted", "confirmed");
    }

    @Test
    void number_that_is_forwarded_to_is_masked_in_the_audit() {
        sent("gate", "forward_always", "0301234567");
        assertThat(String.join("\n", house.log.all())).contains("********67").doesNotContain("0301234567");
    }

    @Test
    void known_call_is_answered_by_its_id() {
        house.get("2station", "/Incoming Call?phone=gate&call_id=33093&remote=42");
        sent("gate", "answer", "PRESS");
        assertThat(onlyRequest()).endsWith("value=33093");
    }

    @Test
    void of_two_ringing_calls_none_is_named() {
        house.get("2station", "/Incoming Call?phone=gate&call_id=1&remote=42");
        house.get("2station", "/Incoming Call?phone=gate&call_id=2&remote=43");
        sent("gate", "answer", "PRESS");
        assertThat(onlyRequest()).endsWith("value=toggle");
    }

    @Test
    void pause_of_a_request_is_kept_and_holds_up_no_other_phone() {
        CompletableFuture<Result> speaker =
                house.send("gate", "speaker", "PRESS").toCompletableFuture();
        assertThat(sent("shut", "call_waiting", "ON").status()).isEqualTo(Status.ACCEPTED);
        house.time.pass(Duration.ofMillis(1999));
        assertThat(house.line.sent()).hasSize(2);
        house.time.pass(Duration.ofMillis(1));
        assertThat(house.line.sent()).hasSize(3);
        assertThat(speaker).isCompleted();
    }

    @Test
    void call_that_the_other_side_holds_stays_connected() {
        house.get("2station", "/Established?phone=gate&call_id=1&remote=42");
        house.get("2station", "/Held?phone=gate&call_id=1&remote=42");
        assertThat(house.bus.retained("gate/state/call")).contains("connected");
        assertThat(JsonParser.parseString(house.bus
                                .payloads("gate/event/call_held_by_peer")
                                .get(0))
                        .getAsJsonObject()
                        .getAsJsonObject("call")
                        .get("number")
                        .getAsString())
                .isEqualTo("42");
    }

    @Test
    void event_of_no_call_carries_none() {
        house.get("2station", "/Bell?phone=gate");
        assertThat(house.bus.payloads("gate/event/door_bell").get(0)).doesNotContain("\"call\"");
    }

    @Test
    void battery_is_a_state() {
        house.get("2station", "/Low Battery?phone=gate");
        assertThat(house.bus.retained("gate/state/battery_low")).contains("ON");
    }

    @Test
    void address_is_found_under_the_vendors_name_for_it() {
        house.get("2station", "/IP?phone=gate&phone_ip=192.0.2.77");
        assertThat(house.bus.retained("gate/state/ip")).contains("192.0.2.77");
        assertThat(house.bus.payloads("gate/event/device_ip_changed").get(0)).contains("\"phone_ip\":\"192.0.2.77\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Incoming Call/phone=gate:call_id=7:remote=sip:42@10.0.0.9",
                "/Incoming Call/phone=gate&call_id=7&remote=42",
                "/Incoming Call/phone=gate/call_id=7/remote=42"
            })
    void variables_are_read_from_the_path_too(String request) {
        house.get("2station", request);
        assertThat(house.bus.retained("gate/state/peer_number")).contains("42");
    }

    @Test
    void variable_of_the_query_goes_before_one_of_the_path() {
        house.get("2station", "/Incoming Call/remote=43?phone=gate&call_id=7&remote=42");
        assertThat(house.bus.retained("gate/state/peer_number")).contains("42");
    }
}
