package org.bellwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bellwire.api.Result;
import org.bellwire.api.Status;
import org.bellwire.api.port.CommandOrder;
import org.bellwire.api.port.Origin;
import org.bellwire.api.port.PhoneClient.Answer;
import org.bellwire.api.port.PhoneClient.Kind;
import org.bellwire.core.phone.SerialQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandDeskTest {

    private static final Answer OK = Answer.of(Kind.OK, 200);

    private final House house = new House();

    @BeforeEach
    void write_files() {
        house.file("lobby", "vendor", "acme", "host", "192.0.2.10", "allow", "reboot");
        house.file("desk", "vendor", "acme", "host", "192.0.2.11");
        house.file("mute", "vendor", "zenith", "host", "192.0.2.12");
        house.file("hostless", "vendor", "acme");
        house.line.setReachable(false);
        house.settle();
        house.bus.forget();
        house.log.forget();
    }

    @AfterEach
    void leave() {
        house.close();
    }

    private Result refused(String phone, String command, String payload) {
        CompletableFuture<Result> result = house.send(phone, command, payload).toCompletableFuture();
        assertThat(result).isCompleted();
        assertThat(result.join().status()).as(payload).isEqualTo(Status.REFUSED);
        assertThat(house.line.sent()).as("nothing is sent for " + payload).isEmpty();
        return result.join();
    }

    private List<String> statuses(String topic) {
        return house.bus.payloads(topic).stream()
                .map(text -> JsonParser.parseString(text).getAsJsonObject())
                .map(json -> json.get("status").getAsString())
                .toList();
    }

    @Test
    void each_request_of_a_command_is_told_with_its_answer_and_without_what_the_phone_wrote() {
        house.line.answers(Answer.of(Kind.OK, 200).saying("<password>hunter2</password>"));
        house.bus.arrives("lobby/command/dial", "42");
        house.line.answers(Answer.of(Kind.UNAUTHORIZED, 401, "check user and password"));
        house.send("lobby", "dial", "43");
        assertThat(house.requests)
                .extracting(one -> one.phone() + " " + one.order().origin().text() + " " + one.base()
                        + one.request().target() + " " + one.answer())
                .containsExactly(
                        "lobby lobby/command/dial http://192.0.2.10:80/dial?value=42 Answer[OK OptionalInt[200] Optional.empty]",
                        "lobby lobby/command/dial http://192.0.2.10:80/dial?value=43"
                                + " Answer[UNAUTHORIZED OptionalInt[401] Optional[check user and password]]");
        assertThat(house.requests).allMatch(one -> one.answer().body().isEmpty());
    }

    private Result done(CompletableFuture<Result> result) {
        assertThat(result).isCompleted();
        return result.join();
    }

    private Result sent(String phone, String command, String payload) {
        return done(house.send(phone, command, payload).toCompletableFuture());
    }

    @Test
    void a_command_from_its_topic_reaches_the_phone_and_its_result_the_bus() {
        house.bus.arrives("lobby/command/dial", "42");
        assertThat(house.line.sent()).containsExactly("lobby /dial?value=42");
        assertThat(statuses("lobby/result/dial")).containsExactly("accepted");
        assertThat(house.bus.messages())
                .noneMatch(
                        message -> message.retained() && message.topic().path().contains("result"));
    }

    @Test
    void a_blank_payload_is_not_carried_out() {
        house.bus.arrives("lobby/command/hangup", "  ");
        assertThat(house.line.sent()).isEmpty();
        assertThat(house.bus.messages()).isEmpty();
    }

    @Test
    void the_results_json_is_as_the_contract_says() {
        CompletableFuture<Answer> answer = house.line.answersLater();
        house.send("lobby", "dial", "{\"number\":\"42\",\"id\":\"kitchen-7\"}");
        house.time.pass(Duration.ofMillis(38));
        answer.complete(OK);
        assertThat(JsonParser.parseString(
                        house.bus.payloads("lobby/result/dial").get(0)))
                .isEqualTo(JsonParser.parseString("{'id':'kitchen-7','phone':'lobby','command':'dial',"
                        + "'status':'accepted','http_status':200,'time':'2026-11-21T08:15:32.161Z','took_ms':38}"));
    }

    @ParameterizedTest
    @CsvSource({"OK,accepted", "UNAUTHORIZED,unauthorized", "FAILED,failed"})
    void an_answer_of_the_phone_is_told_with_its_http_status(Kind kind, String status) {
        house.line.answers(Answer.of(kind, 404, "said the phone"));
        Result result = sent("lobby", "text", "hello");
        assertThat(result.status().wire()).isEqualTo(status);
        assertThat(result.httpStatus()).hasValue(404);
        assertThat(result.detail()).contains("said the phone");
        assertThat(house.bus.retained("lobby/availability")).contains("online");
    }

    @Test
    void no_answer_is_unreachable_and_no_sign_of_life() {
        house.line.answers(Answer.of(Kind.UNREACHABLE, "no connection in 3 s"));
        Result result = sent("lobby", "text", "hello");
        assertThat(result.status()).isEqualTo(Status.UNREACHABLE);
        assertThat(result.httpStatus()).isEmpty();
        assertThat(house.bus.retained("lobby/availability")).contains("offline");
    }

    @ParameterizedTest
    @ValueSource(strings = {"provision, reboot", "provision reboot", " reboot,\tprovision "})
    void allowed_commands_stand_apart_by_commas_or_blanks(String allow) {
        house.file("lobby", "vendor", "acme", "host", "192.0.2.10", "allow", allow);
        house.settle();
        house.line.answers(OK);
        assertThat(sent("lobby", "reboot", "PRESS").status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void a_command_that_the_vendor_does_not_have_is_unsupported() {
        assertThat(sent("lobby", "conference", "PRESS").status()).isEqualTo(Status.UNSUPPORTED);
        Result result = sent("lobby", "self-destruct", "PRESS");
        assertThat(result.status()).isEqualTo(Status.UNSUPPORTED);
        assertThat(result.detail().orElse("")).contains("dial", "hangup");
        assertThat(house.line.sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "206&Account=2",
                "1;OK;Reboot",
                "1&key=Reboot",
                "1?2",
                "Peter Pan",
                "4\n2",
                "-42",
                "\u221242",
                "2001.5",
                "unknown",
                "Unavailable",
                "None",
                "NULL",
                "undefined",
                "nil",
                "UNDEF",
                "NaN",
                "true",
                "\"None\"",
                "\"\"",
                "[42]",
                "{\"number\":\"unavailable\"}",
                "{\"value\":\"nan\"}",
                "{\"number\":true}",
                "{\"number\":false}",
                "{\"number\":null}",
                "{\"number\":007}",
                "{\"number\":-42}",
                "{\"number\":42.5}",
                "{\"number\":4e1}",
                "{\"number\":4E1}",
                "{\"number\":NaN}",
                "{\"number\":0x2A}",
                "{\"number\":+42}",
                "{\"number\":42,}",
                "{'number':'42'}",
                "{number:\"42\"}",
                "{\"number\":42} 43",
                "{\"number\":42}{\"number\":43}",
                "{\"number\":42,\"number\":43}",
                "{\"number\":42 /* desk */}",
                "{\"number\":42;\"call\":1}",
                "{\"number\"=42}",
                "{\"number\":\"4\\x32\"}",
                "{\"number\":\"4\t2\"}",
                "{\"number\":{\"value\":42}}",
                "{\"number\":\"42\",\"account\":\"None\"}",
                "{\"number\":\"42\",\"account\":true}",
                "{\"number\":\"42\",\"account\":1.5}",
                "{\"number\":\"42\",\"call\":\"unknown\"}",
                "{\"number\":112.0}",
                "112.0",
                "\"112\"",
                "1 1 2",
                "(0) 112",
                "1%26",
                "42\r\nX: y",
                "ü",
                "{\"number\":\"206&Account=2\"}",
                "{\"number\":\"42\",\"account\":\"1&x\"}",
                "{\"number\":\"42\",\"call\":\"1 2\"}",
                "{\"number\":[\"42\"]}",
                "{\"number\":",
                "{\"id\":\"x\"}",
                "{\"number\":\"42\",\"expires\":\"tomorrow\"}",
                "00000000000000000000000000000000000000000000000000000000000000000"
            })
    void a_bad_number_is_refused(String payload) {
        assertThat(refused("lobby", "dial", payload).detail()).isPresent();
        assertThat(statuses("lobby/result/dial")).containsExactly("refused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dtmf|12x",
                "dtmf|1A",
                "dtmf|d",
                "dtmf|{\"value\":true}",
                "dtmf|{\"value\":-5}",
                "dtmf|{\"value\":5.5}",
                "dtmf|none",
                "transfer|{\"number\":true}",
                "transfer|unknown",
                "transfer|{\"number\":112.0}",
                "hangup|{\"call\":\"None\"}",
                "hangup|{\"call\":[]}",
                "hangup|\"\"",
                "dnd|2",
                "dnd|{\"value\":2}",
                "dnd|\"MAYBE\"",
                "dnd|null",
                "dtmf|1;2",
                "dnd|MAYBE",
                "dnd|TOGGLE",
                "volume|LOUD",
                "key|Reboot",
                "key|1;OK;Reboot",
                "key|;;",
                "key|X;1",
                "transfer|{\"number\":\"45\",\"kind\":\"sideways\"}",
                "text|{\"value\":\" \"}"
            })
    void a_bad_payload_is_refused_with_what_it_should_be(String command, String payload) {
        assertThat(refused("lobby", command, payload).detail().orElse("")).isNotBlank();
    }

    @Test
    void a_payload_beyond_all_bounds_is_refused() {
        refused("lobby", "text", "x".repeat(257));
        refused("lobby", "text", "{\"value\":\"" + "x".repeat(5000) + "\"}");
        refused("lobby", "text", "{\"a\":".repeat(800) + "1" + "}".repeat(800));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dial|42|/dial?value=42",
                "dial|  42 |/dial?value=42",
                "dial|{\"number\":\"42\"}|/dial?value=42",
                "dial|{\"number\":42}|/dial?value=42",
                "dial|{\"number\":2001.0}|/dial?value=2001",
                "dial|{\"number\":2001.000}|/dial?value=2001",
                "dial|2001.0|/dial?value=2001",
                "dial|\"42\"|/dial?value=42",
                "dial|\" 42 \"|/dial?value=42",
                "dial|+49 30 1234|/dial?value=%2B49301234",
                "dial|+49 (0) 30/12-34|/dial?value=%2B49301234",
                "dial|{\"number\":\"(030) 1234\"}|/dial?value=0301234",
                "dial|030\u00a012\u201134\u200e|/dial?value=0301234",
                "dial|*31# 0711|/dial?value=*31%230711",
                "dial|peter-pan|/dial?value=peter-pan",
                "dial|{\"number\":\"42\",\"account\":1}|/dial?value=42",
                "dial|{\"number\":\"42\",\"more\":{\"a\":[1,2]}}|/dial?value=42",
                "transfer|\"4 5\"|/transfer?value=45&kind=-",
                "dial|{\"value\":\"42\"}|/dial?value=42",
                "dial|+49*#.a_b@c-d|/dial?value=%2B49*%23.a_b@c-d",
                "transfer|{\"number\":\"45\",\"call\":\"TC@1\",\"kind\":\"blind\"}|/transfer?value=45&kind=blind",
                "text|Grüße & mehr|/text?value=Gr%C3%BC%C3%9Fe%20%26%20mehr",
                "hangup|PRESS|/call?value=hangup",
                "hangup|{\"call\":\"TC@1\"}|/call?value=hangup",
                "redial|x|/redial?value=last"
            })
    void a_good_payload_in_any_form_is_sent(String command, String payload, String target) {
        assertThat(sent("lobby", command, payload).status()).isEqualTo(Status.ACCEPTED);
        assertThat(house.line.sent()).containsExactly("lobby " + target);
    }

    @Test
    void an_unknown_phone_is_refused() {
        assertThat(refused("nobody", "dial", "42").detail()).contains("there is no phone 'nobody'");
        assertThat(statuses("nobody/result/dial")).containsExactly("refused");
    }

    @Test
    void a_phone_whose_file_is_wrong_is_refused_with_what_is_wrong() {
        house.file("broken", "vendor", "acme", "port", "99999");
        assertThat(refused("broken", "dial", "42").detail().orElse("")).contains("port", "65535");
    }

    @Test
    void a_phone_without_a_host_is_refused() {
        assertThat(refused("hostless", "dial", "42").detail().orElse("")).contains("host");
    }

    @Test
    void reboot_needs_the_phones_permission() {
        assertThat(refused("desk", "reboot", "PRESS").detail().orElse("")).contains("allow = reboot");
        assertThat(sent("lobby", "reboot", "PRESS").status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void a_command_in_the_wrong_state_is_refused() {
        assertThat(refused("lobby", "answer", "PRESS").detail().orElse("")).contains("ringing");
        house.get("acme", "/incoming-call?phone=lobby&call_id=1");
        assertThat(sent("lobby", "answer", "PRESS").status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void a_toggle_is_sent_only_if_the_known_state_differs() {
        assertThat(refused("lobby", "dnd", "ON").detail().orElse("")).contains("not known yet");
        house.get("acme", "/open-dnd?phone=lobby");
        assertThat(refused("lobby", "dnd", "ON").detail().orElse("")).contains("already");
        assertThat(sent("lobby", "dnd", "off").status()).isEqualTo(Status.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OFF",
                "off",
                "false",
                "False",
                "0",
                "0.0",
                "\"OFF\"",
                "\"false\"",
                "{\"value\":false}",
                "{\"value\":0}",
                "{\"value\":\"off\"}",
                "{\"value\":\"0\"}"
            })
    void a_switch_is_told_off_in_every_spelling_of_rules(String off) {
        house.get("acme", "/open-dnd?phone=lobby");
        String on =
                off.replaceAll("(?i)off", "on").replaceAll("(?i)false", "true").replaceFirst("0", "1");
        assertThat(refused("lobby", "dnd", on).detail().orElse("")).contains("already");
        assertThat(sent("lobby", "dnd", off).status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void a_refused_payload_is_answered_with_its_id_wherever_it_stands() {
        assertThat(refused("lobby", "dial", "{\"number\":true,\"id\":\"kitchen-7\"}")
                        .id())
                .contains("kitchen-7");
        assertThat(refused("lobby", "dial", "{\"number\":[],\"id\":7}").id()).contains("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0900123", "0900-123", "0900.123", "0900123@pbx", "{\"number\":\"0900123\"}"})
    void a_number_that_is_denied_is_never_dialled_however_it_is_written(String payload) {
        house.commands.configure(Map.of("deny", "0900*, 118??"));
        assertThat(refused("lobby", "dial", payload).detail().orElse("")).contains("deny");
        refused("lobby", "transfer", payload);
    }

    @Test
    void a_number_that_is_not_denied_is_dialled() {
        house.commands.configure(Map.of("deny", "0900*, 118??"));
        assertThat(sent("lobby", "dial", "1180").status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void a_wrong_line_file_keeps_the_last_good_policy_and_says_so() {
        house.commands.configure(Map.of("deny", "0900*"));
        house.commands.configure(Map.of("deny", "09[0]", "rate.dial", "often"));
        assertThat(house.log.warnings()).hasSize(1);
        assertThat(house.log.warnings().get(0)).contains("org.bellwire.line.cfg", "deny", "rate.dial");
        refused("lobby", "dial", "0900123");
    }

    @Test
    void calls_beyond_the_rate_are_refused_for_this_phone_only() {
        house.commands.configure(Map.of("rate.dial", "2/h"));
        assertThat(sent("lobby", "dial", "1").status()).isEqualTo(Status.ACCEPTED);
        assertThat(sent("lobby", "redial", "x").status()).isEqualTo(Status.ACCEPTED);
        assertThat(sent("lobby", "dial", "3").detail().orElse("")).contains("rate");
        assertThat(sent("lobby", "hangup", "x").status()).isEqualTo(Status.ACCEPTED);
        assertThat(sent("desk", "dial", "1").status()).isEqualTo(Status.ACCEPTED);
        assertThat(house.line.sent()).hasSize(4);
    }

    @Test
    void an_expired_command_is_refused() {
        refused("lobby", "dial", "{\"number\":\"42\",\"expires\":\"2026-11-21T08:15:32Z\"}");
        assertThat(sent("lobby", "dial", "{\"number\":\"42\",\"expires\":\"2026-11-21T09:15:40+01:00\"}")
                        .status())
                .isEqualTo(Status.ACCEPTED);
    }

    @Test
    void a_command_that_waited_ten_seconds_is_refused_when_its_turn_comes() {
        CompletableFuture<Answer> dead = house.line.answersLater();
        house.send("lobby", "text", "first");
        CompletableFuture<Result> second = house.send("lobby", "text", "second").toCompletableFuture();
        house.time.pass(Duration.ofMillis(10_001));
        assertThat(second).isNotDone();
        dead.complete(Answer.of(Kind.UNREACHABLE, "late"));
        assertThat(done(second).status()).isEqualTo(Status.REFUSED);
        assertThat(done(second).detail().orElse("")).contains("10 s");
        assertThat(house.line.sent()).containsExactly("lobby /text?value=first");
    }

    @Test
    void a_command_that_expires_while_it_waits_is_refused() {
        CompletableFuture<Answer> slow = house.line.answersLater();
        house.send("lobby", "text", "first");
        CompletableFuture<Result> second = house.send(
                        "lobby", "text", "{\"value\":\"second\",\"expires\":\"2026-11-21T08:15:34Z\"}")
                .toCompletableFuture();
        house.time.pass(Duration.ofSeconds(4));
        slow.complete(OK);
        assertThat(done(second).detail().orElse("")).contains("expired");
    }

    @Test
    void commands_of_one_phone_go_one_after_the_other_in_order() {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            answers.add(house.line.answersLater());
        }
        for (String text : List.of("a", "b", "c")) {
            house.send("lobby", "text", text);
        }
        assertThat(house.line.sent()).hasSize(1);
        answers.get(0).complete(OK);
        assertThat(house.line.sent()).hasSize(2);
        answers.get(1).complete(Answer.of(Kind.FAILED, 500));
        answers.get(2).complete(OK);
        assertThat(house.line.sent())
                .containsExactly("lobby /text?value=a", "lobby /text?value=b", "lobby /text?value=c");
        assertThat(statuses("lobby/result/text")).containsExactly("accepted", "failed", "accepted");
    }

    @Test
    void a_phone_that_does_not_answer_does_not_delay_another() {
        house.line.answersLater();
        house.send("lobby", "text", "first");
        assertThat(sent("desk", "text", "hello").status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void a_command_too_many_is_refused_as_busy() {
        CompletableFuture<Answer> slow = house.line.answersLater();
        house.send("lobby", "text", "0");
        for (int i = 1; i <= SerialQueue.MAX; i++) {
            assertThat(house.send("lobby", "text", "" + i).toCompletableFuture())
                    .isNotDone();
        }
        Result busy = sent("lobby", "text", "too many");
        assertThat(busy.status()).isEqualTo(Status.REFUSED);
        assertThat(busy.detail().orElse("")).contains("busy");
        slow.complete(OK);
        assertThat(house.line.sent()).hasSize(SerialQueue.MAX + 1);
        assertThat(sent("lobby", "text", "again").status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void a_waiting_command_of_a_rule_is_refused_when_the_broker_was_lost() {
        CompletableFuture<Answer> slow = house.line.answersLater();
        house.send("lobby", "text", "first");
        CompletableFuture<Result> rule = house.send("lobby", "text", "rule").toCompletableFuture();
        CompletableFuture<Result> person = house.commands
                .carryOut(new CommandOrder("lobby", "text", "person", Origin.Shell.SHELL))
                .toCompletableFuture();
        house.bus.disconnect();
        slow.complete(OK);
        assertThat(done(rule).status()).isEqualTo(Status.REFUSED);
        assertThat(done(person).status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void a_waiting_command_goes_where_the_phones_file_says_when_its_turn_comes() {
        CompletableFuture<Answer> slow = house.line.answersLater();
        house.send("lobby", "text", "first");
        house.send("lobby", "text", "second");
        house.file("lobby", "vendor", "acme", "host", "192.0.2.77");
        slow.complete(OK);
        assertThat(house.line.addresses().get(1).host()).isEqualTo("192.0.2.77");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "hostless", "forbid", "vendor"})
    void a_waiting_command_is_refused_when_the_phones_file_took_away_its_ground(String change) {
        CompletableFuture<Answer> slow = house.line.answersLater();
        house.send("lobby", "text", "first");
        CompletableFuture<Result> waiting =
                house.send("lobby", "reboot", "PRESS").toCompletableFuture();
        switch (change) {
            case "delete" -> house.delete("lobby");
            case "hostless" -> house.file("lobby", "vendor", "acme", "allow", "reboot");
            case "forbid" -> house.file("lobby", "vendor", "acme", "host", "192.0.2.10");
            default -> house.file("lobby", "vendor", "zenith", "host", "192.0.2.10", "allow", "reboot");
        }
        slow.complete(OK);
        assertThat(done(waiting).status()).isEqualTo(Status.REFUSED);
        assertThat(house.line.sent()).hasSize(1);
    }

    @Test
    void keys_are_pressed_in_order_with_the_vendors_gap() {
        CompletableFuture<Result> result = house.send("lobby", "key", "1; 2 OK").toCompletableFuture();
        assertThat(house.line.sent()).containsExactly("lobby /key?value=1");
        house.time.pass(Duration.ofMillis(149));
        assertThat(house.line.sent()).hasSize(1);
        house.time.pass(Duration.ofMillis(1));
        assertThat(house.line.sent()).hasSize(2);
        assertThat(result).isNotDone();
        house.time.pass(Duration.ofMillis(150));
        assertThat(house.line.sent())
                .containsExactly("lobby /key?value=1", "lobby /key?value=2", "lobby /key?value=OK");
        assertThat(done(result).status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void a_phone_whose_file_is_not_read_yet_is_not_called_unknown() {
        try (House starting = new House(House.pid("late"))) {
            Result result = done(starting.send("late", "dial", "42").toCompletableFuture());
            assertThat(result.status()).isEqualTo(Status.REFUSED);
            assertThat(result.detail())
                    .hasValueSatisfying(detail -> assertThat(detail).startsWith("starting"));
        }
    }

    @Test
    void keys_are_pressed_with_the_gap_that_the_file_says() {
        house.commands.configure(Map.of("key.gap.ms", "400"));
        house.send("lobby", "key", "1 2");
        house.time.pass(Duration.ofMillis(399));
        assertThat(house.line.sent()).hasSize(1);
        house.time.pass(Duration.ofMillis(1));
        assertThat(house.line.sent()).hasSize(2);
    }

    @Test
    void keys_stop_at_the_first_that_fails() {
        house.line.answers(OK);
        house.line.answers(Answer.of(Kind.UNAUTHORIZED, 401));
        CompletableFuture<Result> result = house.send("lobby", "key", "1 2 3").toCompletableFuture();
        house.time.pass(Duration.ofSeconds(2));
        assertThat(done(result).status()).isEqualTo(Status.UNAUTHORIZED);
        assertThat(house.line.sent()).hasSize(2);
    }

    @Test
    void the_event_that_proves_a_command_confirms_it() {
        sent("lobby", "dial", "42");
        house.time.pass(Duration.ofSeconds(4));
        house.get("acme", "/outgoing-call?phone=lobby&call_id=1");
        assertThat(statuses("lobby/result/dial")).containsExactly("accepted", "confirmed");
        house.time.pass(Duration.ofSeconds(10));
        assertThat(statuses("lobby/result/dial")).hasSize(2);
        JsonObject confirmed = JsonParser.parseString(
                        house.bus.payloads("lobby/result/dial").get(1))
                .getAsJsonObject();
        assertThat(confirmed.get("took_ms").getAsLong()).isEqualTo(4000);
    }

    @Test
    void a_command_without_its_proof_is_unconfirmed_after_five_seconds() {
        sent("lobby", "dial", "42");
        house.get("acme", "/incoming-call?phone=lobby&call_id=1");
        house.get("acme", "/outgoing-call?phone=desk&call_id=1");
        house.time.pass(Duration.ofMillis(4999));
        assertThat(statuses("lobby/result/dial")).containsExactly("accepted");
        house.time.pass(Duration.ofMillis(1));
        assertThat(statuses("lobby/result/dial")).containsExactly("accepted", "unconfirmed");
        house.get("acme", "/outgoing-call?phone=lobby&call_id=2");
        assertThat(statuses("lobby/result/dial")).hasSize(2);
    }

    @Test
    void a_proof_that_comes_before_the_phones_answer_counts() {
        CompletableFuture<Answer> answer = house.line.answersLater();
        house.send("lobby", "dial", "42");
        house.get("acme", "/outgoing-call?phone=lobby&call_id=1");
        assertThat(statuses("lobby/result/dial")).isEmpty();
        answer.complete(OK);
        assertThat(statuses("lobby/result/dial")).containsExactly("accepted", "confirmed");
    }

    @Test
    void one_event_proves_one_command() {
        sent("lobby", "dial", "42");
        sent("lobby", "dial", "43");
        house.get("acme", "/outgoing-call?phone=lobby&call_id=1");
        assertThat(statuses("lobby/result/dial")).containsExactly("accepted", "accepted", "confirmed");
        house.time.pass(Duration.ofSeconds(5));
        assertThat(statuses("lobby/result/dial")).endsWith("confirmed", "unconfirmed");
    }

    @Test
    void a_failed_command_and_one_without_a_proof_have_one_result() {
        house.line.answers(Answer.of(Kind.FAILED, 500));
        sent("lobby", "dial", "42");
        sent("mute", "dnd", "ON");
        sent("lobby", "text", "hello");
        house.get("acme", "/outgoing-call?phone=lobby&call_id=1");
        house.time.pass(Duration.ofSeconds(6));
        assertThat(statuses("lobby/result/dial")).containsExactly("failed");
        assertThat(statuses("lobby/result/text")).containsExactly("accepted");
    }

    @Test
    void a_fault_in_a_vendors_table_is_told_and_blocks_nothing() {
        assertThat(sent("lobby", "volume", "UP").status()).isEqualTo(Status.REFUSED);
        assertThat(sent("lobby", "text", "hello").status()).isEqualTo(Status.ACCEPTED);
        CompletableFuture<Answer> slow = house.line.answersLater();
        house.send("lobby", "text", "slow");
        CompletableFuture<Result> queued = house.send("lobby", "volume", "UP").toCompletableFuture();
        CompletableFuture<Result> behind = house.send("lobby", "text", "behind").toCompletableFuture();
        slow.complete(OK);
        assertThat(done(queued).status()).isEqualTo(Status.REFUSED);
        assertThat(done(behind).status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void a_line_that_breaks_its_promise_is_told_and_blocks_nothing() {
        CompletableFuture<Answer> broken = house.line.answersLater();
        CompletableFuture<Result> first = house.send("lobby", "text", "first").toCompletableFuture();
        CompletableFuture<Result> second = house.send("lobby", "text", "second").toCompletableFuture();
        broken.completeExceptionally(new IllegalStateException("a fault of the line"));
        assertThat(done(first).status()).isEqualTo(Status.FAILED);
        assertThat(done(second).status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void the_log_tells_who_did_what_and_never_a_whole_number() {
        house.commands.configure(Map.of("deny", "0900*"));
        house.bus.arrives("lobby/command/dial", "004930123456");
        house.bus.arrives("lobby/command/dial", "0900555123");
        house.bus.arrives("lobby/command/dial", "030&555&777");
        house.bus.arrives("lobby/command/key", "0301234567");
        house.bus.arrives("lobby/command/dtmf", "12345x67890");
        house.bus.arrives("lobby/command/dial", "{\"number\":\"0301234567\",\"account\":\"01234 567\"}");
        assertThat(house.log.lines()).hasSize(6);
        assertThat(house.log.lines().get(0))
                .isEqualTo("INFO phone lobby: dial **********56 from lobby/command/dial: accepted");
        assertThat(house.log.lines()).noneMatch(line -> line.matches(".*\\d{5}.*"));
        assertThat(house.log.lines().get(3)).contains("no key of this phone: '********67'");
        assertThat(house.bus.payloads("lobby/result/key").get(0)).contains("0301234567");
    }

    @Test
    void nothing_is_subscribed_to_after_the_end() {
        int before = house.bus.subscriptions();
        house.commands.stop();
        assertThat(house.bus.subscriptions()).isEqualTo(before - 1);
        house.bus.arrives("lobby/command/dial", "42");
        assertThat(house.line.sent()).isEmpty();
    }
}
